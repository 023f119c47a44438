"""Tests of the generator itself: what it says of its reports must be so."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.generator import FORMS, LAYOUTS, MISTAKES, Options, UnsuitedError, make_report, put_in, render
from tests.generator.forms import CARRIED_IN, CARRIED_OUT, NEW, OUTCOME, TOTAL, TOTAL_ROW
from tests.generator.strategies import options, reports
from tests.generator.values import Report

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


def seed_lines(name: str) -> list[str]:
    path = SEEDS / name
    if not path.exists():
        pytest.skip("the real reports are not here")
    return path.read_text(encoding="utf-8").split("\n")


@settings(max_examples=40, derandomize=True, deadline=None)
@given(report=reports())
def test_figures_satisfy_every_identity(report: Report) -> None:
    form = report.spec
    three, four = form.table("three"), form.table("four")
    outcomes = [row for row in three.row_keys() if row.startswith(OUTCOME) and row != TOTAL_ROW]
    for column in three.column_keys():

        def number(row: str, column: str = column) -> int:
            return report.number("three", row, column)

        assert number(NEW) + number(CARRIED_IN) == number(TOTAL_ROW) + number(CARRIED_OUT)
        assert sum(number(row) for row in outcomes) == number(TOTAL_ROW)
    for table in (three, four):
        for row in table.row_keys():
            *parts, total = (report.number(table.id, row, column) for column in table.column_keys())
            assert sum(parts) == total
    for row in form.table("two-一").row_keys():
        first, second, third = (report.number("two-一", row, c) for c in form.table("two-一").column_keys())
        assert second <= third if report.form == "2019" else third >= first - second
        if row == "规章" and report.level not in ("city", "province"):
            assert (first, second, third) == (0, 0, 0)


def test_the_forms_have_the_official_number_of_rows() -> None:
    assert len(FORMS["2019"].table("three").row_keys()) == 23
    assert len(FORMS["2021"].table("three").row_keys()) == 25
    assert all(form.table("three").column_keys()[-1] == TOTAL for form in FORMS.values())


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=8, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_recorded_place_holds_what_was_written(layout: str, data: st.DataObject) -> None:
    report = data.draw(reports())
    rendered = render(report, layout, data.draw(options(layout)))
    assert set(rendered.cells) == set(report.values)
    for key, place in rendered.cells.items():
        assert rendered.at(place) == report.values[key]
    assert set(rendered.headings) == set("一二三四五六")
    for (table, row), place in rendered.labels.items():
        written = "".join(unicodedata.normalize("NFKC", rendered.at(place)).split())
        last = unicodedata.normalize("NFKC", row.rsplit("/", 1)[-1])
        assert written.endswith(last[-2:]) or layout in ("html", "markdown-html"), (table, row)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rendering_is_deterministic(layout: str) -> None:
    chosen = Options(seed=3, punctuation="mixed", split=True, chrome=True)
    first, second = (render(make_report("2021", 5), layout, chosen) for _ in range(2))
    assert first.data == second.data
    assert first.places == second.places


def test_layout_a_has_the_lines_of_the_real_report() -> None:
    """Row by row as many lines as the report of 2019 that was pasted from Word."""
    real = seed_lines("000_ce66a7de9cdaf2df.txt")
    ours = render(make_report("2019", 1), "text-a", Options()).text.split("\n")
    assert row_lengths(ours) == row_lengths(real)


def row_lengths(lines: list[str]) -> list[int]:
    rows: list[int] = [0]
    for line in lines:
        if line.startswith("\t"):
            rows[-1] += 1
        elif rows[-1]:
            rows.append(0)
    return [length for length in rows if length]


def test_layout_c_has_the_pipes_of_the_real_report() -> None:
    """Pipe by pipe the padding of the report of 2022 that was copied from a web page."""
    real = seed_lines("002_594938079f36f576.txt")
    ours = render(make_report("2021", 1), "text-c", Options()).text.split("\n")
    assert pipes(ours) == pipes(real)


def pipes(lines: list[str]) -> list[int]:
    return [line.count("|") for line in lines if line.endswith("|")]


def test_layout_b_writes_one_blank_line_more_than_empty_cells() -> None:
    report = make_report("2021", 1, "zero")
    for column in report.spec.table("three").column_keys()[1:-1]:
        report.values["three", NEW, column] = ""
    rendered = render(report, "text-b", Options())
    first = rendered.cells["three", NEW, "自然人"].line
    last = rendered.cells["three", NEW, TOTAL].line
    assert last - first - 1 == 6
    assert not any(rendered.text.split("\n")[first : last - 1])


def test_layout_h_holds_a_spare_cell_in_the_row_of_totals_only() -> None:
    rendered = render(make_report("2021", 1), "text-h", Options())
    lines = rendered.text.split("\n")
    total = lines[rendered.labels["three", TOTAL_ROW].line - 1].split("\t")
    other = lines[rendered.labels["three", CARRIED_OUT].line - 1].split("\t")
    assert len(total) == len(other) + 1
    assert total[-2] == "0"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_mistake_changes_the_text_and_names_lines_of_it(layout: str, form: str) -> None:
    made = 0
    for seed in range(1):
        report = make_report(form, seed, level="county")
        chosen = Options(seed=seed, style=seed)
        for name, what in MISTAKES.items():
            try:
                faulty = put_in(name, report, layout, chosen)
            except UnsuitedError:
                assert (name, layout) == ("row-too-short", "text-e")
                continue
            made += 1
            clean = render(report, layout, faulty.rendered.options)
            assert faulty.rendered.text != clean.text, name
            if faulty.lines is not None:
                last = faulty.rendered.text.count("\n") + 1
                assert faulty.lines, name
                assert faulty.lines <= set(range(1, last + 1)), name
            assert what.families
    assert made >= (len(MISTAKES) - 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_the_file_decodes_to_the_text(encoding: str, eol: str) -> None:
    rendered = render(make_report("2019", 2), "text-g", Options(encoding=encoding, eol=eol))
    assert rendered.data.decode(encoding).replace(eol, "\n") == rendered.text
