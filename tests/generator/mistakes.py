"""Mistakes: each class spoils a draft and tells on which lines a finding may stand.

A function registered with `mistake` gets a `Bench`, changes its draft and returns the keys of the places (or pairs of
keys, for everything from one to the other) on whose lines a finding of the mistake's family is right.  It raises
`UnsuitedError` where a layout cannot show the mistake, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from .draft import Draft, Node, Options, Sheet, build_draft
from .layouts import render_draft
from .values import Report
from .writer import PlaceKey, Rendered

START: PlaceKey = ("start",)
END: PlaceKey = ("end",)
Where = PlaceKey | tuple[PlaceKey, PlaceKey]


class UnsuitedError(Exception):
    """This mistake does not exist in this layout or report; the message says why."""


@dataclass(slots=True)
class Bench:
    """What a mistake works on."""

    report: Report
    draft: Draft
    layout: str
    options: Options
    rng: Random

    def sheet(self, table: str) -> Sheet:
        return self.draft.sheet(table)

    def set(self, table: str, row: str, column: str, text: str) -> PlaceKey:
        self.draft.value(table, row, column).text = text
        return ("cell", table, row, column)

    def add(self, table: str, row: str, column: str, much: int) -> PlaceKey:
        """A cell of the draft made larger, its sum left as it is."""
        return self.set(table, row, column, str(int(self.draft.value(table, row, column).text) + much))

    def pick_cell(self, wanted: Callable[[str], bool], tables: Iterable[str]) -> tuple[str, str, str]:
        """A cell whose text is as wanted."""
        found = [
            (sheet.table, row.key, value.column)
            for sheet in self.draft.sheets()
            if sheet.table in tables
            for row in sheet.row_leaves()
            for value in row.values
            if value.column is not None and wanted(value.text)
        ]
        if not found:
            raise UnsuitedError("this report has no such cell")
        return self.rng.choice(found)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A class of mistake.

    ``families`` are those that may report it, ``allowed`` those whose findings besides are its lawful consequence,
    ``most`` the largest number of findings in all.  ``needs`` are options without which it cannot be made.
    """

    name: str
    families: tuple[str, ...]
    apply: Callable[[Bench], list[Where] | None]
    most: int = 1
    allowed: tuple[str, ...] = ()
    not_in: tuple[tuple[str, str], ...] = ()
    """Layouts in which the class does not exist, each with the reason."""
    needs: tuple[tuple[str, Any], ...] = ()


MISTAKES: dict[str, Mistake] = {}


@dataclass(slots=True)
class Faulty:
    """A report with one mistake in it; ``lines`` is None where a finding may stand anywhere."""

    rendered: Rendered
    mistake: Mistake
    lines: frozenset[int] | None
    detail: str = field(default="")


Applied = Callable[[Bench], list[Where] | None]


def mistake(
    name: str,
    *families: str,
    most: int = 1,
    allowed: tuple[str, ...] = (),
    not_in: dict[str, str] | None = None,
    needs: dict[str, Any] | None = None,
) -> Callable[[Applied], Applied]:
    """Register a class of mistake."""

    def register(function: Applied) -> Applied:
        MISTAKES[name] = Mistake(
            name, families, function, most, allowed, tuple((not_in or {}).items()), tuple((needs or {}).items())
        )
        return function

    return register


def put_in(name: str, report: Report, layout: str, options: Options) -> Faulty:
    """The report in the layout with a mistake of the class in it."""
    what = MISTAKES[name]
    for excluded, reason in what.not_in:
        if layout == excluded:
            raise UnsuitedError(reason)
    options = replace(options, **dict(what.needs))
    draft = deepcopy(build_draft(report, options))
    bench = Bench(report, draft, layout, options, Random(f"{name}-{layout}-{options.seed}-{report.form}"))
    where = what.apply(bench)
    rendered = render_draft(draft, layout, options)
    lines = None if where is None else frozenset(_lines(rendered, where))
    return Faulty(rendered, what, lines)


def _lines(rendered: Rendered, where: list[Where]) -> set[int]:
    last = len(rendered.text.rstrip("\n").split("\n"))

    def first_and_last(key: PlaceKey) -> tuple[int, int]:
        if key == START:
            return 1, 1
        if key == END:
            return last, rendered.text.count("\n") + 1
        place = rendered.places[key]
        return place.line, place.end_line

    lines: set[int] = set()
    for entry in where:
        if isinstance(entry[0], tuple):
            start, end = first_and_last(entry[0]), first_and_last(entry[1])
            lines.update(range(start[0], end[1] + 1))
        else:
            start = first_and_last(entry)
            lines.update(range(start[0], start[1] + 1))
    return lines


def row_places(sheet: Sheet, row: Node) -> list[Where]:
    """A row's label and values; in table four written as one row, the values alone."""
    keys: list[Where] = [("cell", sheet.table, row.key, value.column) for value in row.values if value.column]
    if sheet.corner is not None:
        keys.append(("row", sheet.table, row.key))
    return keys


def damaged(rng: Random, text: str, how: str) -> str:
    """One character inside the text made wrong, lost or doubled so that it shows."""
    places = [at for at in range(1, len(text) - 1) if "\u4e00" <= text[at] <= "\u9fff" and text[at] != text[at + 1]]
    at = rng.choice(places)
    middle = {"wrong": "某", "lost": "", "doubled": text[at] * 2}[how]
    return text[:at] + middle + text[at + 1 :]
