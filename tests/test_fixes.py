"""Edits: which are applied together, that nothing else changes, and that fixing mends and never harms."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gklint.binding.model import BoundReport
from gklint.documents.model import Span
from gklint.documents.source import Source, decode, encode
from gklint.findings import Edit, Finding, Message, Severity
from gklint.fixes import apply_edits, fix_source
from gklint.linter import lint_source
from gklint.packs import load_packs
from tests.checks.farm import draft
from tests.checks.test_wrong_form import NEW, OLD, old
from tests.end_to_end.linting import DEPTH, PACKS, told
from tests.end_to_end.test_layouts import varied
from tests.generator import LAYOUTS, MISTAKES, Options, Report, UnsuitedError, build_draft, make_report, put_in, render
from tests.generator.agreement import find_table, paths
from tests.generator.layouts import render_draft
from tests.generator.strategies import options, reports

HARVEST = load_packs([Path(__file__).parent / "cli" / "data" / "harvest.yaml"])
TEXT = """# 柳村2024年收成报告

## 一、概况

风调雨顺。

## 二、收成数字

| 作物 | 春季 | 秋季 | 合计 |
|------|------|------|------|
| 小麦 | 12   | 30   | 42   |
| 水稻 | {} | 8    | 13   |
| 总收成 | 17 | 38   | 55   |
"""


def finding(*edits: Edit, severity: Severity = Severity.WARNING, code: str = "GK301") -> Finding:
    span = edits[0].span if edits else Span(1, 1, 1, 1)
    return Finding(code, "made-up", severity, "a.txt", span, Message("某", "some"), edits=edits)


def edit(start: int, end: int, text: str, safe: bool = True) -> Edit:
    return Edit(Span(1, start + 1, 1, end + 1), text, safe)


def source(text: str, path: str = "a.txt") -> Source:
    return Source.from_text(text, path)


# --- applying ---------------------------------------------------------------------------------------------------------


def test_edits_are_applied_where_they_stand() -> None:
    result = apply_edits(
        source("0123456789"), [finding(edit(2, 4, "xyz"), edit(6, 6, "+")), finding(edit(9, 10, ""))], True
    )
    assert result.text == "01xyz45+678"
    assert len(result.applied) == 2
    assert not result.conflicts


def test_of_a_finding_all_edits_or_none() -> None:
    first, second = finding(edit(2, 4, "x")), finding(edit(3, 5, "y"), edit(7, 8, "z"))
    result = apply_edits(source("0123456789"), [second, first], True)
    assert result.text == "01x456789"
    assert result.conflicts == [(first, second)]


def test_the_proven_goes_before_the_likely_and_the_graver_before_the_earlier() -> None:
    likely = finding(edit(0, 3, "L", safe=False), severity=Severity.ERROR)
    warning = finding(edit(2, 5, "W"))
    error = finding(edit(4, 6, "E"), severity=Severity.ERROR)
    result = apply_edits(source("0123456789"), [likely, warning, error], True)
    assert result.text == "L3E6789"
    assert result.conflicts == [(error, warning)]
    assert apply_edits(source("0123456789"), [likely, warning], True).conflicts == [(warning, likely)]


def test_without_unsafe_only_what_is_proven() -> None:
    mixed = finding(edit(1, 1, "a"), edit(3, 3, "b", safe=False))
    assert apply_edits(source("01234"), [mixed], False).text == "0a1234"
    assert apply_edits(source("01234"), [mixed], True).text == "0a12b34"
    assert apply_edits(source("01234"), [finding(edit(0, 1, "", safe=False))], False).applied == []


def test_the_same_edit_twice_is_no_conflict() -> None:
    result = apply_edits(source("0123"), [finding(edit(1, 2, "x")), finding(edit(1, 2, "x"), code="GK302")], True)
    assert result.text == "0x23"
    assert len(result.applied) == 2


def test_insertions_at_one_place_stand_in_the_order_of_the_findings_whatever_order_they_come_in() -> None:
    first, second = finding(edit(2, 2, "b"), code="GK101"), finding(edit(2, 2, "a"), code="GK102")
    third = finding(edit(2, 3, "-"), code="GK103")
    for order in ([first, second, third], [third, second, first]):
        assert apply_edits(source("0123"), order, True).text == "01ba-3"


def test_an_insertion_inside_of_a_replacement_is_a_conflict() -> None:
    assert len(apply_edits(source("0123"), [finding(edit(0, 3, "x")), finding(edit(1, 1, "y"))], True).conflicts) == 1
    assert len(apply_edits(source("0123"), [finding(edit(1, 1, "y")), finding(edit(0, 3, "x"))], True).conflicts) == 1


def test_edits_that_contradict_one_another_or_lie_outside_are_left_alone() -> None:
    wrong = [finding(edit(0, 2, "x"), edit(1, 3, "y")), finding(Edit(Span(7, 1, 7, 2), "z", True))]
    assert apply_edits(source("0123"), wrong, True).text == "0123"


@st.composite
def many_edits(draw: st.DrawFn) -> tuple[str, list[Finding]]:
    text = draw(st.text("abc\n\r甲😀", max_size=40))
    made = source(text)
    findings = []
    for _ in range(draw(st.integers(0, 8))):
        edits = []
        for _ in range(draw(st.integers(1, 3))):
            start = draw(st.integers(0, len(text)))
            end = draw(st.integers(start, min(len(text), start + 5)))
            span = Span(*made.place(start), *made.place(end))
            edits.append(Edit(span, draw(st.text("XYZ", max_size=3)), draw(st.booleans())))
        findings.append(finding(*edits, severity=draw(st.sampled_from(Severity))))
    return text, findings


@settings(max_examples=300 * DEPTH, deadline=None)
@given(many_edits(), st.booleans(), st.randoms())
def test_nothing_but_the_spans_of_applied_edits_changes(
    made: tuple[str, list[Finding]], unsafe: bool, random: Random
) -> None:
    text, findings = made
    result = apply_edits(source(text), findings, unsafe)
    at = source(text)
    spans = {
        (at.offset(*e.span[:2]), at.offset(*e.span[2:]), e.replacement)
        for found in result.applied
        for e in found.edits
        if unsafe or e.safe
    }
    # Taken apart by the applied spans, the text outside of them is there unchanged and in order.
    touched = set[int]().union(*(range(start, end) for start, end, _ in spans))
    kept = "".join(character for place, character in enumerate(text) if place not in touched)
    assert "".join(character for character in result.text if character not in "XYZ") == kept
    written = sum(len(new) for start, end, new in spans if text[start:end] != new)
    assert len(result.text) == len(kept) + written
    shuffled = list(findings)
    random.shuffle(shuffled)
    assert len(apply_edits(source(text), shuffled, unsafe).applied) >= bool(result.applied)


# --- blanks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("blank", "filled"),
    [("    ", " 5  "), ("  ", " 5 "), ("   ", " 5 "), (" ", " 5 "), ("", "5"), (" " * 9, " 5" + " " * 7)],
)
def test_a_value_in_a_pipe_table_keeps_the_padding(blank: str, filled: str) -> None:
    text = TEXT.replace(" {} ", blank)
    outcome = fix_source(source(text, "a.md"), HARVEST, unsafe=False)
    assert outcome.source.text == TEXT.replace(" {} ", filled)
    assert not outcome.linted.findings, told(outcome.linted.findings)


@pytest.mark.parametrize(
    ("blank", "filled"),
    [
        ("<td></td>", "<td>5</td>"),
        ("<td>&nbsp;</td>", "<td>5</td>"),
        ("<td> &nbsp;&#160; </td>", "<td> 5 </td>"),
        ("<td><p><span>&nbsp;</span></p></td>", "<td><p><span>5</span></p></td>"),
        ("<td><p></p></td>", "<td><p>5</p></td>"),
        ("<td>\xa0</td>", "<td>5</td>"),
        ("<td>\n  </td>", "<td>5\n  </td>"),
        ("<td align='right'><br></td>", "<td align='right'>5<br></td>"),
    ],
)
def test_a_value_in_an_empty_html_cell(blank: str, filled: str) -> None:
    rows = [("作物", "春季", "秋季", "合计"), ("小麦", "12", "30", "42"), ("总收成", "17", "38", "55")]
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    lines.insert(2, f"<tr><td>水稻</td>{blank}<td>8</td><td>13</td></tr>")
    head = "<h1>柳村2024年收成报告</h1>\n<h2>一、概况</h2>\n<p>风调雨顺。</p>\n<h2>二、收成数字</h2>\n<table>\n"
    text = head + "\n".join(lines) + "\n</table>\n"
    outcome = fix_source(source(text, "a.html"), HARVEST, unsafe=False)
    assert outcome.source.text == text.replace(blank, filled)
    assert not outcome.linted.findings, told(outcome.linted.findings)


Cell = tuple[str, str, str]


def blanked(report: Report, layout: str, chosen: Options, share: float, random: Random) -> tuple[Source, set[Cell]]:
    """The report with some of its zeros left out, and which."""
    draft = deepcopy(build_draft(report, chosen))
    cells: set[Cell] = set()
    for sheet in draft.sheets():
        for row in sheet.row_leaves():
            for value in row.values:
                # Layout E fills a row up with pipes: there a blank last cell does not differ from a lost one.
                last = layout == "text-e" and (value is row.values[-1] or sheet.table == "four")
                if value.column is not None and value.text == "0" and random.random() < share and not last:
                    value.text = ""
                    cells.add((sheet.table, row.key, value.column))
    rendered = render_draft(draft, layout, chosen)
    return decode(rendered.data, rendered.path), cells


def texts(bound: BoundReport, report: Report) -> dict[Cell, str | None]:
    """What is read in each cell of the form, None for what cannot be read."""
    result: dict[Cell, str | None] = {}
    for table in report.spec.tables:
        found = find_table(bound, table)
        rows, columns = paths(found.spec, table)
        for row in table.row_keys():
            for column in table.column_keys():
                cell = found.cell(rows[row], columns[column])
                result[table.id, row, column] = None if cell is None else cell.text.text
    return result


@pytest.mark.parametrize("layout", LAYOUTS)
def test_blanked_zeros_are_filled_in_again(layout: str) -> None:
    """With all fixes the very bytes of the report come back; with the proven ones alone, nothing but zeros goes in."""
    for seed in range(6 * DEPTH):
        random = Random(f"{layout}-{seed}")
        report = make_report(("2019", "2021")[seed % 2], seed, ("medium", "small", "large")[seed % 3], level="county")
        chosen = varied(seed, layout)
        share = (0.05, 0.3, 0.7, 1.0)[seed % 4]
        check_filling(report, layout, chosen, share, random)


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=3 * DEPTH, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_blanked_zeros_are_filled_in_again_in_any_encoding(layout: str, data: st.DataObject) -> None:
    report = data.draw(reports())
    check_filling(report, layout, data.draw(options(layout)), data.draw(st.sampled_from((0.1, 0.5, 1.0))), Random(7))


def check_filling(report: Report, layout: str, chosen: Options, share: float, random: Random) -> None:
    whole = render(report, layout, chosen)
    given, cells = blanked(report, layout, chosen, share, random)
    linted = lint_source(given, PACKS)
    assert linted.report is not None
    read = texts(linted.report, report)
    expected = {cell: "" if cell in cells else text for cell, text in whole.values.items()}
    if read != expected:
        # Where blanks leave nothing behind them, a row may no longer be read; what cannot be read is not written to.
        differ = {cell: (read[cell], text) for cell, text in expected.items() if read[cell] != text}
        assert any(found.code == "GK212" for found in linted.findings), differ
        return
    context = f"{layout}, {chosen}, {sorted(cells)[:3]}"
    likely = fix_source(given, PACKS, True, linted)
    assert encode(given, likely.source.text) == whole.data, context
    proven = fix_source(given, PACKS, False, linted)
    assert proven.linted.report is not None
    after = texts(proven.linted.report, report)
    safe = sum(e.safe for found in linted.findings for e in found.edits)
    assert all(
        after[cell] in (text, "") if cell in cells else after[cell] == text for cell, text in whole.values.items()
    )
    assert sum(after[cell] == "0" for cell in cells) >= safe, context


def test_a_zero_in_a_gap_of_lines_gets_its_own_gap() -> None:
    report = make_report("2021", 3, "small", level="county")
    chosen = Options(seed=3, eol="\r\n", encoding="gb18030")
    given, cells = blanked(report, "text-b", chosen, 1.0, Random(1))
    assert len(cells) > 50
    outcome = fix_source(given, PACKS, unsafe=True)
    assert encode(given, outcome.source.text) == render(report, "text-b", chosen).data


# --- everything else --------------------------------------------------------------------------------------------------

RESTORED = ("full-width", "section-number-arabic", "section-title-wrong", "section-title-lost", "section-title-doubled")
SENSIBLE = ("row-label-drift", "row-label-drift-item", "column-label-drift", "mark-slash", "mark-word", "mark-dash")
LIKELY = ("subheading-doubled", "section-swapped-with-tables")


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", [*RESTORED, *SENSIBLE, *LIKELY])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_mistake_that_can_be_mended_is_and_nothing_else_is_touched(layout: str, name: str) -> None:
    report = make_report("2021", 5, "medium", level="county")
    chosen = varied(len(name), layout)
    try:
        faulty = put_in(name, report, layout, chosen)
    except UnsuitedError as reason:
        pytest.skip(str(reason))
    given = decode(faulty.rendered.data, faulty.rendered.path)
    outcome = fix_source(given, PACKS, unsafe=name not in RESTORED)
    whole = decode(render(report, layout, chosen).data, "whole")
    got = [line for line in outcome.source.lines if line.strip()]
    want = [line for line in whole.lines if line.strip()]
    # Half-width brackets of a label are lawful and may come out full.
    assert [fold(line) for line in got] == [fold(line) for line in want]
    assert outcome.changed
    assert not outcome.linted.findings, told(outcome.linted.findings)


def fold(line: str) -> str:
    return line.translate(str.maketrans("（），：", "(),:")).replace(" ", "")


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=4 * DEPTH, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_fixing_twice_changes_nothing_more_and_never_harms(layout: str, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(MISTAKES)))
    seed = data.draw(st.integers(0, 11))
    report = make_report(("2019", "2021")[seed % 2], seed, "medium", level="county")
    unsafe = data.draw(st.booleans())
    try:
        faulty = put_in(name, report, layout, varied(seed, layout))
    except UnsuitedError:
        return
    given = decode(faulty.rendered.data, faulty.rendered.path)
    before = lint_source(given, PACKS)
    once = fix_source(given, PACKS, unsafe, before)
    assert len(once.linted.findings) <= len(before.findings), told(once.linted.findings)
    twice = fix_source(once.source, PACKS, unsafe)
    assert not twice.changed, f"{name}: {told(twice.fixed)}"
    assert twice.source.text == once.source.text


def test_a_fix_that_makes_things_worse_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    given = source(TEXT.replace(" {} ", " ５ "), "a.md")
    honest = lint_source(given, HARVEST)
    [slip] = honest.findings
    heading = Finding(
        "GK103",
        "section-title",
        Severity.ERROR,
        "a.md",
        Span(3, 4, 3, 8),
        Message("坏", "harmful"),
        edits=(Edit(Span(3, 1, 5, 6), "", True),),
    )
    honest.findings.append(heading)
    outcome = fix_source(given, HARVEST, False, honest)
    assert outcome.source.text == TEXT.replace(" {} ", " 5 ")
    assert outcome.fixed == [slip]
    [(refused, reason)] = outcome.refused
    assert refused is heading
    assert "GK1" in reason


def test_only_the_findings_asked_for_are_fixed() -> None:
    text = TEXT.replace(" {} ", " ５ ").replace("## 一、", "## 1、")
    outcome = fix_source(source(text, "a.md"), HARVEST, False, only=lambda found: found.code == "GK104")
    assert outcome.source.text == TEXT.replace(" {} ", " ５ ")


def test_markup_around_a_title_stays() -> None:
    text = TEXT.replace(" {} ", " 5 ").replace("## 二、收成数字", "## **2、收成数字**")
    outcome = fix_source(source(text, "a.md"), HARVEST, unsafe=False)
    assert "\n## **二、收成数字**\n" in outcome.source.text


def harmful(*edits: Edit) -> Finding:
    return Finding(
        "GK103", "section-title", Severity.ERROR, "a.md", Span(1, 1, 1, 2), Message("坏", "harmful"), edits=edits
    )


def test_a_fix_after_which_no_pack_applies_is_taken_back() -> None:
    given = source(TEXT.replace(" {} ", " 5 "), "a.md")
    before = lint_source(given, HARVEST)
    emptied = harmful(Edit(Span(1, 1, 13, 24), "# 会议纪要", True))
    before.findings.append(emptied)
    outcome = fix_source(given, HARVEST, False, before)
    assert outcome.source.text == given.text
    assert outcome.refused == [(emptied, "the report would no longer be recognised")]


def test_a_fix_after_which_another_pack_applies_is_taken_back() -> None:
    given = source(draft(), "a.md")
    before = lint_source(given, [NEW, OLD])
    assert before.findings == []
    lines = zip(given.lines, old("2015年").splitlines(), strict=False)
    changed = [(number, new, len(now)) for number, (now, new) in enumerate(lines, 1) if now != new]
    form = harmful(*(Edit(Span(number, 1, number, length + 1), new, True) for number, new, length in changed))
    before.findings.append(form)
    outcome = fix_source(given, [NEW, OLD], False, before)
    assert outcome.source.text == given.text
    assert outcome.refused == [(form, "the report would be taken for one of farm-old")]


def test_an_edit_that_ends_before_it_begins_is_none() -> None:
    backwards = finding(Edit(Span(1, 5, 1, 2), "x", True))
    result = apply_edits(source("0123456789"), [backwards, finding(edit(7, 8, "y"))], True)
    assert (result.text, result.conflicts) == ("0123456y89", [])


def test_whose_rival_turns_out_harmful_is_fixed_and_no_conflict() -> None:
    given = source(TEXT.replace(" {} ", " ５ "), "a.md")
    before = lint_source(given, HARVEST)
    [slip] = before.findings
    rival = harmful(Edit(slip.edits[0].span, "6", True))
    before.findings.append(rival)
    outcome = fix_source(given, HARVEST, False, before)
    assert outcome.source.text == TEXT.replace(" {} ", " 5 ")
    assert (outcome.fixed, outcome.conflicts) == ([slip], [])
    [(refused, reason)] = outcome.refused
    assert refused is rival
    assert reason.startswith("GK400 would be found: ")
