"""The packs that gklint brings along, of which nothing is remembered that other reports have taught."""

from __future__ import annotations

from collections.abc import Iterator

from gklint.binding.layout import pack_index
from gklint.packs.loader import builtin_packs
from gklint.packs.model import Pack


def forget(packs: list[Pack]) -> None:
    """Forget what the tables of earlier reports were bound to."""
    for pack in packs:
        pack_index(pack).moulds.clear()


def fresh_packs() -> Iterator[list[Pack]]:
    """A fixture: the packs, of which nothing is remembered before a test or after it."""
    packs = builtin_packs()
    forget(packs)
    yield packs
    forget(packs)
