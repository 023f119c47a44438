"""The words that rules go by: codes, beginnings of codes, names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gklint.packs.model import Pack


def names_by_code(packs: Iterable[Pack]) -> dict[str, str]:
    """The name of each code: those of the checks and of the packs' identities."""
    from gklint.checks import CATALOGUE

    names = {code: rule.name for code, rule in CATALOGUE.items()}
    for pack in packs:
        for identity in pack.identities:
            names.setdefault(identity.code, identity.name)
    return names


def matching(word: str, names: Mapping[str, str]) -> set[str]:
    """The codes that ``word`` stands for: a name, a code or the beginning of one."""
    code = word.upper()
    return {
        known for known, name in names.items() if name == word.lower() or (code[:2] == "GK" and known.startswith(code))
    }


def nearest_word(word: str, names: Mapping[str, str]) -> str:
    """``; did you mean 'GK301'?`` for a word that no rule goes by, or nothing."""
    from gklint.packs.nearest import did_you_mean

    if word[:2].upper() == "GK":
        return did_you_mean(word.upper(), names)
    return did_you_mean(word.lower(), names.values())


def hint(word: str, names: Mapping[str, str]) -> str:
    """What a word that no rule goes by may have been meant to be, or where to look."""
    return nearest_word(word, names) or "; `gklint rule` lists them all"
