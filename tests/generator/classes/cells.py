"""Mistakes in what a cell holds."""

from __future__ import annotations

from collections.abc import Callable

from ..mistakes import Bench, Where, mistake

_PROACTIVE = ("two-一", "two-五", "two-六")
_ALL = (*_PROACTIVE, "three", "four")


def _spoil(bench: Bench, cell: tuple[str, str, str], text: str) -> list[Where]:
    table, row, _ = cell
    places: list[Where] = [bench.set(*cell, text)]
    sheet = bench.sheet(table)
    if sheet.corner is not None:
        places.append(("row", table, row))
    return places


def _blank(bench: Bench, wanted: Callable[[str], bool]) -> list[Where]:
    while True:
        table, row, column = cell = bench.pick_cell(wanted, _ALL)
        last = bench.sheet(table).row(row).values[-1].column == column
        # Layout E fills a row up with pipes: there a blank last cell does not differ from a lost one.
        if not (bench.layout == "text-e" and (last or table == "four")):
            return _spoil(bench, cell, "")


@mistake("blank-zero", "GK3")
def _blank_zero(bench: Bench) -> list[Where]:
    return _blank(bench, lambda text: text == "0")


@mistake("blank-value", "GK3")
def _blank_value(bench: Bench) -> list[Where]:
    return _blank(bench, lambda text: text.isdigit() and text != "0")


def _replaced(name: str, wanted: Callable[[str], bool], *texts: str) -> None:
    """Register the class that writes one of the texts in place of a cell that is as wanted."""

    def apply(bench: Bench) -> list[Where]:
        return _spoil(bench, bench.pick_cell(wanted, _ALL), bench.rng.choice(texts))

    mistake(name, "GK3")(apply)


_replaced("mark-slash", lambda text: text == "0", "/")
_replaced("mark-dash", lambda text: text == "0", "—", "——")
_replaced("mark-hyphen", lambda text: text == "0", "-")
_replaced("mark-word", lambda text: text == "0", "无")
_replaced("not-a-number", lambda text: text.isdigit(), "abc", "5件?", "约5", "1O")


@mistake("full-width", "GK3")
def _full_width(bench: Bench) -> list[Where]:
    table, row, column = cell = bench.pick_cell(lambda text: text.isdigit() and text != "0", _ALL)
    text = bench.draft.value(table, row, column).text
    return _spoil(bench, cell, text.translate(str.maketrans("0123456789", "０１２３４５６７８９")))


def _decision(bench: Bench) -> tuple[str, str, str]:
    """A count in which no identity has a part."""
    sheet = bench.sheet("two-五")
    return (sheet.table, sheet.rows[0].key, sheet.head[-1].key)


@mistake("thousands", "GK3")
def _thousands(bench: Bench) -> list[Where]:
    return _spoil(bench, _decision(bench), bench.rng.choice(("12,345", "12，345")))


@mistake("minus", "GK3")
def _minus(bench: Bench) -> list[Where]:
    return _spoil(bench, _decision(bench), "-5")


@mistake("decimals", "GK3")
def _decimals(bench: Bench) -> list[Where]:
    return _spoil(bench, _decision(bench), "3.5")
