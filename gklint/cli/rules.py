"""The rules that a run knows: those of the checks and the identities of the packs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from gklint.codes import hint as hint
from gklint.codes import matching as matching
from gklint.codes import names_by_code as names_by_code
from gklint.errors import UsageError
from gklint.findings import Finding, Message, Rule

if TYPE_CHECKING:
    from gklint.packs.model import Identity, Pack


def all_rules(packs: Iterable[Pack]) -> dict[str, Rule]:
    """Every rule by code, in the codes' order; an identity's text says in which packs it holds."""
    from gklint.checks import CATALOGUE

    uses: dict[str, list[tuple[Pack, Identity]]] = {}
    for pack in packs:
        for identity in pack.identities:
            uses.setdefault(identity.code, []).append((pack, identity))
    rules = dict(CATALOGUE)
    for code, places in uses.items():
        if code not in rules:
            rules[code] = _rule_of(places)
    return dict(sorted(rules.items()))


def _rule_of(uses: Sequence[tuple[Pack, Identity]]) -> Rule:
    """The rule that the identities of one code are; they have one name, see `gklint.packs.loader.check_together`."""
    identity = uses[0][1]
    zh, en = [], []
    for pack, use in uses:
        source = use.source or pack.source
        title = use.title or use.message
        zh.append(f"规则包 {pack.id}：{title.zh}\n  {use.holds.text}" + (f"\n  依据：{source}" if source else ""))
        en.append(
            f"In the pack {pack.id}: {title.en}\n  {use.holds.text}" + (f"\n  Source: {source}" if source else "")
        )
    return Rule(
        code=identity.code,
        name=identity.name,
        severity=max(use.severity for _, use in uses),
        summary=identity.title or identity.message,
        explanation=Message("\n".join(dict.fromkeys(zh)), "\n".join(dict.fromkeys(en))),
    )


class Selection:
    """Which findings are shown: those that ``select`` names, without those that ``ignore`` names.

    A word is a code, the beginning of one (``GK3``) or a name; several are separated by commas.  Raises `UsageError`
    for a word that no rule goes by.
    """

    def __init__(self, select: Sequence[str], ignore: Sequence[str], names: dict[str, str]) -> None:
        self._select = _codes("--select", select, names) if select else None
        self._ignore = _codes("--ignore", ignore, names)

    def __contains__(self, finding: Finding) -> bool:
        return finding.code not in self._ignore and (self._select is None or finding.code in self._select)


def _codes(option: str, lists: Sequence[str], names: dict[str, str]) -> set[str]:
    """The codes that the words of an option stand for."""
    codes: set[str] = set()
    for word in (word.strip() for words in lists for word in words.split(",")):
        if not word:
            continue
        meant = matching(word, names)
        if not meant:
            raise UsageError(f"{option}: no rule {word!r}{hint(word, names)}")
        codes |= meant
    return codes
