"""Figures that contradict one another, or that the form or its year does not allow."""

from __future__ import annotations

from collections.abc import Iterable

from ..forms import CARRIED_IN, CARRIED_OUT, FORMS, NEW, OUTCOME, TOTAL, TOTAL_ROW
from ..mistakes import Bench, UnsuitedError, Where, mistake, row_places


def _applicant(bench: Bench) -> str:
    return bench.rng.choice(bench.sheet("three").column_leaves()[:-1]).key


def _column_cells(bench: Bench, columns: Iterable[str], rows: Iterable[str] | None = None) -> list[Where]:
    keys = rows if rows is not None else [leaf.key for leaf in bench.sheet("three").row_leaves()]
    return [("cell", "three", row, column) for row in keys for column in columns]


@mistake("one-cell", "GK4")
def _one_cell(bench: Bench) -> list[Where]:
    table, row, column = bench.pick_cell(str.isdigit, ("three", "four"))
    bench.add(table, row, column, bench.rng.choice((1, 2, 9, 10)))
    sheet = bench.sheet(table)
    where: list[Where] = [("cell", table, row, column), ("cell", table, row, sheet.column_leaves()[-1].key)]
    if table == "three":
        where.extend(_column_cells(bench, [column], [TOTAL_ROW, CARRIED_OUT]))
    return where


@mistake("flow-broken", "GK4", most=2)
def _flow_broken(bench: Bench) -> list[Where]:
    column, row = _applicant(bench), bench.rng.choice((NEW, CARRIED_IN, CARRIED_OUT))
    bench.add("three", row, column, 3)
    bench.add("three", row, TOTAL, 3)
    return _column_cells(bench, [column, TOTAL], [NEW, CARRIED_IN, TOTAL_ROW, CARRIED_OUT])


@mistake("outcome-broken", "GK4", most=2)
def _outcome_broken(bench: Bench) -> list[Where]:
    column = _applicant(bench)
    rows = [leaf.key for leaf in bench.sheet("three").row_leaves() if leaf.key.startswith(OUTCOME)]
    row = bench.rng.choice([key for key in rows if key != TOTAL_ROW])
    bench.add("three", row, column, 3)
    bench.add("three", row, TOTAL, 3)
    return _column_cells(bench, [column, TOTAL], rows)


@mistake("row-sum-broken", "GK4", most=2)
def _row_sum_broken(bench: Bench) -> list[Where]:
    column = _applicant(bench)
    bench.add("three", NEW, column, 3)
    bench.add("three", CARRIED_OUT, column, 3)
    return _column_cells(bench, [leaf.key for leaf in bench.sheet("three").column_leaves()], [NEW, CARRIED_OUT])


@mistake("litigation-broken", "GK4")
def _litigation_broken(bench: Bench) -> list[Where]:
    sheet = bench.sheet("four")
    row = bench.rng.choice(sheet.row_leaves())
    bench.add("four", row.key, bench.rng.choice(row.values).column or TOTAL, 2)
    return [("cell", "four", row.key, value.column) for value in row.values if value.column]


@mistake("inequality-broken", "GK4", most=1)
def _inequality_broken(bench: Bench) -> list[Where]:
    sheet = bench.sheet("two-一")
    row = sheet.rows[1]
    numbers = ("30", "50", "20") if bench.draft.form == "2019" else ("50", "20", "10")
    for value, number in zip(row.values, numbers, strict=True):
        value.text = number
    return row_places(sheet, row)


# Without a title the body, and with it what the body may do, is not known.
@mistake("rules-without-power", "GK3", "GK4", needs={"title": "one"})
def _rules_without_power(bench: Bench) -> list[Where]:
    if bench.report.level in ("city", "province"):
        raise UnsuitedError("this body may make 规章")
    sheet = bench.sheet("two-一")
    row = sheet.rows[0]
    row.values[-1].text = "4"
    return row_places(sheet, row)


@mistake("wrong-form", "GK2", most=2)
def _wrong_form(bench: Bench) -> None:
    other = "2021" if bench.draft.form == "2019" else "2019"
    # For 2019 the form was only encouraged: a deviating year is taken that binds.
    year = bench.rng.choice(FORMS[other].years[-1:])
    old = str(bench.report.year)
    bench.draft.title = [line.replace(old, str(year)) for line in bench.draft.title]
    bench.draft.preface = [line.replace(old, str(year)) for line in bench.draft.preface]
