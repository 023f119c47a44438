"""The rules that a run knows: those of the checks and the identities of the packs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from gklint.codes import hint as hint
from gklint.codes import matching as matching
from gklint.codes import names_by_code as names_by_code
from gklint.findings import Message, Rule

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
