"""What is said quickly of blanks is what localisation would say."""

from __future__ import annotations

import random
import re

import pytest

from gklint import analysis
from gklint.analysis import Analysis, analyse
from gklint.binding import bind
from gklint.documents import read
from gklint.documents.source import Source, decode
from gklint.identities import Key
from gklint.packs.loader import builtin_packs
from tests.generator import Options, make_report, render

_CELL = re.compile(r"(?<=\| )[0-9]+(?= \|)")
PACKS = builtin_packs()


def emptied(seed: int, cells: int, only: str | None) -> Source:
    """A report without some of its numbers, only those that are ``only`` if that is given."""
    rendered = render(make_report("2021", seed=seed), "markdown-converted", Options(seed=seed))
    source = decode(rendered.data, "a.md")
    chance = random.Random(seed * 31 + cells)
    places = [match for match in _CELL.finditer(source.text) if only is None or match[0] == only]
    text = source.text
    for match in sorted(chance.sample(places, cells), key=lambda one: -one.start()):
        text = text[: match.start()] + chance.choice(["", "", "/", "—", "无"]) + text[match.end() :]
    return Source.from_text(text, "a.md")


def analysed(source: Source) -> Analysis:
    report = bind(read(source), PACKS)
    assert report is not None
    return analyse(report)


def said(found: Analysis) -> object:
    blanks: list[Key] = [key for key, cell in found.cells.items() if cell.value is None]
    assert blanks
    return (
        [(key, found.filling(key), found.values.get(key)) for key in blanks],
        [
            (outcome.instance.identity.name, outcome.instance.keys, outcome.left, outcome.right)
            for outcome in found.broken
        ],
        found.faults,
    )


@pytest.mark.parametrize("only", ["0", None])
@pytest.mark.parametrize("cells", [1, 2, 4, 9])
@pytest.mark.parametrize("seed", range(6))
def test_blanks_mean_the_same_either_way(
    seed: int, cells: int, only: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = emptied(seed, cells, only)
    quick = said(analysed(source))
    monkeypatch.setattr(analysis, "_are_plainly_empty", lambda *_: False)
    assert quick == said(analysed(source))


def test_blank_zeros_that_a_sum_settles_need_no_localisation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "_localise", lambda *_: pytest.fail("localised"))
    found = analysed(emptied(0, 1, "0"))
    [(_, filling, value)] = [
        (key, found.filling(key), found.values[key]) for key, cell in found.cells.items() if cell.value is None
    ]
    assert (filling.value, filling.proven, value) == (0, True, 0)
