"""Inputs that fuzzing found, each with what was wrong."""

from __future__ import annotations

from gklint.documents import read
from gklint.documents.model import Table
from gklint.documents.source import Source
from gklint.fixes import fix_source
from gklint.linter import LintResult
from tests.end_to_end.linting import PACKS, told
from tests.fuzz.wellformed import lint_twice
from tests.generator import Options, make_report, render


def report(layout: str, form: str = "2021") -> tuple[str, str]:
    rendered = render(make_report(form, seed=3, size="small"), layout, Options())
    return rendered.text, rendered.path


def changed(layout: str, old: str, new: str, form: str = "2021") -> LintResult:
    text, path = report(layout, form)
    assert old in text
    return lint_twice(Source.from_text(text.replace(old, new, 1), path), PACKS)


def test_a_stray_label_over_several_columns_of_the_head_is_one_finding() -> None:
    linted = changed("markdown-html", 'rowspan="3" colspan="3"', 'rowspan="" colspan="3"')
    places = [(finding.code, finding.span) for finding in linted.findings]
    assert len(set(places)) == len(places), told(linted.findings)


def test_a_label_broken_in_two_is_named_on_one_line() -> None:
    text, path = report("markdown-flat")
    row = next(line for line in text.split("\n") if "|" in line and "行政许可" in line)
    stray = row.replace("行政许可", "不知<br>何物")
    linted = lint_twice(Source.from_text(text.replace(row, f"{row}\n{stray}"), path), PACKS)
    assert any("不知 何物" in finding.message.zh for finding in linted.findings), told(linted.findings)


def test_a_fix_that_does_not_help_is_made_once_and_taken_back() -> None:
    # Without its <table>, the first table is lines of text; a value written between two tags is no line of its own.
    rendered = render(make_report("2019", seed=3, size="small"), "html", Options(style=4))
    text = rendered.text
    begin = text.index("<table", text.index("二、主动公开"))
    text = text[:begin] + text[text.index("<td", text.index("<td", begin) + 1) :]
    row = text.index("行政强制")
    second = text.index("<td", text.index("<td", row) + 1)
    text = text[:second] + text[text.index("</tr>", row) :]
    source = Source.from_text(text, rendered.path)
    source = Source.from_text(text, rendered.path)
    outcome = fix_source(source, PACKS, True)
    again = fix_source(outcome.source, PACKS, True)
    assert again.source.text == outcome.source.text


def test_a_row_of_nothing_but_a_blank_that_is_no_space_is_a_row() -> None:
    # Stripped, nothing was left of it, and its first character was looked at.
    [table] = read(Source.from_text("-|-\n|\n\xa0", "a.md")).blocks
    assert isinstance(table, Table)
    assert [[cell.text.text for cell in row if cell] for row in table.rows] == [[""], [""]]
