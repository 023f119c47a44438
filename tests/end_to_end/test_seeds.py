"""Three real published reports: their defects are found on their lines, their figures bound, and no sum is doubted.

The reports stand beside the project, not in it; without them these tests are skipped.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gklint.binding.model import BoundReport, BoundTable
from gklint.findings import Finding
from gklint.linter import LintResult
from tests.end_to_end.linting import family, lint_bytes, told
from tests.generator.agreement import find_table, paths, plain
from tests.generator.forms import FORMS, TableForm

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
EXPECTED = SEEDS / "expected.json"

pytestmark = pytest.mark.skipif(not EXPECTED.exists(), reason="the real reports do not stand beside the project")

NAMES = ("000_ce66a7de9cdaf2df.txt", "001_611e492656cce8b8.txt", "002_594938079f36f576.txt")
GROUPS = {"复议": "行政复议", "直接起诉": "行政诉讼/未经复议直接起诉", "复议后起诉": "行政诉讼/复议后起诉"}
"""How expected.json names the groups of table four."""


@cache
def expected() -> dict[str, Any]:
    return json.loads(EXPECTED.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@cache
def linted(name: str) -> LintResult:
    return lint_bytes((SEEDS / name).read_bytes(), name)


def report_of(name: str) -> BoundReport:
    report = linted(name).report
    assert report is not None, "no pack applies"
    return report


def lines_of(finding: Finding) -> set[int]:
    return {finding.span.line, *(related.span.line for related in finding.related)}


def rows_of(name: str) -> dict[int, set[int]]:
    """The lines of each row of table three, label and values, by the label's line."""
    rows = expected()[name]["tables"]["applications"]["rows"].values()
    return {row["line"]: {row["line"], *row["value_lines"]} for row in rows}


def defects() -> list[Any]:
    if not EXPECTED.exists():
        return []
    return [
        pytest.param(name, defect, id=f"{name[:3]}-{defect['id']}-{defect['lines'][0]}")
        for name in NAMES
        for defect in expected()[name]["defects"]
        if defect["certain"] and defect["family"] in ("GK1", "GK2", "GK3")
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_right_pack_applies(name: str) -> None:
    report = report_of(name)
    assert report.pack.id.endswith(expected()[name]["form"])
    assert report.year == expected()[name]["year"] or report.title is None


@pytest.mark.parametrize(("name", "defect"), defects())
def test_a_certain_defect_is_found(name: str, defect: dict[str, Any]) -> None:
    findings = [finding for finding in linted(name).findings if family(finding) == defect["family"]]
    rows = rows_of(name)
    if defect["id"] == "cell-blank-zero" and set(defect["lines"]) <= set(rows):
        # A defect of whole rows names their labels: each row must have its finding, on any of its cells.
        missed = [line for line in defect["lines"] if not any(lines_of(found) & rows[line] for found in findings)]
        assert not missed, f"rows without a finding: {missed}\n{told(findings)}"
        return
    assert any(lines_of(finding) & set(defect["lines"]) for finding in findings), told(findings)


@pytest.mark.parametrize("name", NAMES)
def test_every_blank_is_told_and_nothing_else_is_called_blank(name: str) -> None:
    tables = expected()[name]["tables"]
    blank = {
        line
        for row in tables["applications"]["rows"].values()
        for line, value in zip(row["value_lines"], row["values"], strict=True)
        if value is None
    }
    litigation = tables["litigation"]
    blank |= {line for line, value in zip(litigation["lines"], litigation["values"], strict=True) if value is None}
    cells = blank | {line for lines in rows_of(name).values() for line in lines} | set(litigation["lines"])
    told_of = [finding for finding in linted(name).findings if family(finding) == "GK3" and finding.span.line in cells]
    assert {line for finding in told_of for line in lines_of(finding)} & cells >= blank
    # The finding of a row that is blank throughout may stand on its label.
    rows = tables["applications"]["rows"].values()
    labels = {row["line"] for row in rows if all(value is None for value in row["values"])}
    assert {finding.span.line for finding in told_of} <= blank | labels


@pytest.mark.parametrize("name", NAMES)
def test_no_sum_is_doubted_but_the_blank_total(name: str) -> None:
    sums = [finding for finding in linted(name).findings if family(finding) == "GK4"]
    # In 001 the row （七）总计 is blank although its results sum to 3; all other sums of the three reports hold.
    lawful = set(range(392, 401)) if name.startswith("001") else set()
    wrong = [finding for finding in sums if finding.span.line not in lawful]
    assert not wrong, told(wrong)


def check_cell(table: BoundTable, form: TableForm, row: str, column: str, value: Any, line: int) -> str | None:
    rows, columns = paths(table.spec, form)
    cell = table.cell(rows[row], columns[column])
    if cell is None:
        return f"{row} {column}: not bound"
    wanted = None if value is None else Decimal(str(value))
    if cell.value != wanted:
        return f"{row} {column}: {value} at {line} is bound as {cell.text.text!r} at {cell.span.line}"
    return None if cell.span.line == line else f"{row} {column}: stands on {line}, bound on {cell.span.line}"


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_table_three_is_bound(name: str) -> None:
    data = expected()[name]
    form = FORMS[data["form"]].table("three")
    table = find_table(report_of(name), form)
    rows = data["tables"]["applications"]["rows"].values()
    wrong = [
        check_cell(table, form, key, column, value, line)
        for key, row in zip(form.row_keys(), rows, strict=True)
        for column, value, line in zip(form.column_keys(), row["values"], row["value_lines"], strict=True)
    ]
    assert not [problem for problem in wrong if problem]


def test_the_rows_of_expected_are_those_of_the_form_in_order() -> None:
    for name in NAMES:
        data = expected()[name]
        keys = FORMS[data["form"]].table("three").row_keys()
        labels = list(data["tables"]["applications"]["rows"])
        assert [plain(key.rsplit("/", 1)[-1]) for key in keys] == [plain(label) for label in labels]


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_table_four_is_bound(name: str) -> None:
    data = expected()[name]
    form = FORMS[data["form"]].table("four")
    table = find_table(report_of(name), form)
    four = data["tables"]["litigation"]
    wrong = []
    for place, value, line in zip(four["order"], four["values"], four["lines"], strict=True):
        group, column = place.split("-")
        wrong.append(check_cell(table, form, GROUPS[group], column, value, line))
    assert not [problem for problem in wrong if problem]


@pytest.mark.parametrize("name", NAMES)
def test_every_value_of_table_two_is_bound(name: str) -> None:
    data = expected()[name]
    wrong = []
    seen = 0
    for form in FORMS[data["form"]].tables:
        if not form.id.startswith("two-"):
            continue
        table = find_table(report_of(name), form)
        for row in form.row_keys():
            for column, cell in data["tables"]["proactive"][row]["cells"].items():
                seen += 1
                wrong.append(check_cell(table, form, row, column, cell["value"], cell["line"]))
    assert seen == sum(len(row["cells"]) for row in data["tables"]["proactive"].values())
    assert not [problem for problem in wrong if problem]
