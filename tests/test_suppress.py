"""Comments that leave findings out, in Markdown and HTML."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gklint.documents.source import Source
from gklint.findings import Finding
from gklint.fixes import apply_edits
from gklint.linter import LintResult, lint_source
from gklint.packs.loader import load_pack
from tests.cli.command import CLEAN, EMPTY_SECTION, MARKED, PACK

PACKS = [load_pack(PACK)]
HTML = (
    "<html><body><h1>柳村2024年收成报告</h1><h2>一、概况</h2><p>好</p><h2>二、收成数字</h2>@1<table>"
    "<tr><th>作物</th><th>春季</th><th>秋季</th><th>合计</th></tr>"
    "<tr>@2<td>小麦</td><td>12</td><td>30</td><td>42</td></tr>@3<tr><td>水稻</td>@4<td>５@5</td><td>8</td>"
    "<td>13</td></tr><tr><td>总收成</td><td>17</td><td>38</td><td>55</td></tr></table></body></html>"
)
IGNORE = "<!-- gklint: ignore GK305 — 原文如此 -->"


def lint(text: str, name: str = "a.md") -> LintResult:
    return lint_source(Source.from_text(text, name), PACKS)


def shown(result: LintResult) -> list[tuple[str, int, int]]:
    return [(finding.code, finding.span.line, finding.span.column) for finding in result.findings]


def suppressed(result: LintResult) -> list[tuple[str, str]]:
    return [(other.finding.code, other.reason) for other in result.suppressed]


@pytest.mark.parametrize(
    "text",
    [
        MARKED.replace("| 作物", f"{IGNORE}\n| 作物"),
        MARKED.replace("| 作物", f"{IGNORE}\n\n| 作物"),
        MARKED.replace("| 作物", f"{IGNORE}\n<!-- another -->\n| 作物"),
        MARKED.replace("| ５ |", f"| ５ {IGNORE} |"),
        MARKED.replace("## 二", "<!-- gklint: ignore-start GK3 — 原文如此 -->\n## 二")
        + "<!-- gklint: ignore-end -->\n",
        MARKED.replace("## 二", "<!-- gklint: ignore-start GK3 — 原文如此 -->\n## 二")
        + "<!-- gklint: ignore-end gk3 -->\n",
        "<!-- gklint: ignore-file full-width-digits -- 原文如此 -->\n" + MARKED,
        MARKED + "<!-- GKLINT： ignore-file gk305： 原文如此 -->\n",
        "<!-- gklint ignore-file GK305 —— 原文如此 -->\n\n" + MARKED,
        "<!--\ngklint: ignore-file\n  GK305\n  — 原文如此\n-->\n\n" + MARKED,
        MARKED.replace("\n", "\r\n").replace("| 作物", f"{IGNORE}\r\n| 作物"),
    ],
)
def test_a_comment_in_markdown_leaves_out_what_it_names(text: str) -> None:
    if "GKLINT" in text:
        text = text.replace("GKLINT", "gklint")
    result = lint(text)
    assert shown(result) == []
    assert suppressed(result) == [("GK305", "原文如此")]


@pytest.mark.parametrize("place", [1, 3, 4, 5])
def test_a_comment_in_html_is_about_the_element_it_stands_at(place: int) -> None:
    text = HTML.replace(f"@{place}", IGNORE)
    for number in range(1, 6):
        text = text.replace(f"@{number}", "")
    result = lint(text, "a.html")
    assert shown(result) == []
    assert suppressed(result) == [("GK305", "原文如此")]


def test_a_comment_at_another_row_does_nothing_and_is_told() -> None:
    text = HTML.replace("@2", IGNORE)
    for number in range(1, 6):
        text = text.replace(f"@{number}", "")
    result = lint(text, "a.html")
    column = text.index("GK305") + 1
    assert shown(result)[0] == ("GK004", 1, column)
    assert shown(result)[1][0] == "GK305"


@pytest.mark.parametrize(
    "text",
    [
        f"```html\n{IGNORE}\n```\n",
        f"~~~\n```\n{IGNORE}\n~~~\n",
        f"写作 `{IGNORE}` 即可。\n",
        f"``a ` {IGNORE}``\n",
    ],
)
def test_what_stands_in_code_is_no_comment(text: str) -> None:
    result = lint(CLEAN.replace("风调雨顺。", f"顺。\n\n{text}"))
    assert shown(result) == []
    assert shown(lint(CLEAN.replace("风调雨顺。", f"顺。\n\n{IGNORE}\n"))) == [("GK004", 7, 21)]


def test_scripts_hold_no_comments() -> None:
    text = HTML.replace("@1", f"<script>x = '{IGNORE}'</script>")
    for number in range(1, 6):
        text = text.replace(f"@{number}", "")
    assert [code for code, *_ in shown(lint(text, "a.html"))] == ["GK305"]


@pytest.mark.parametrize(
    ("comment", "place", "message"),
    [
        ("<!-- gklint: ignore -->", (1, 14), "comment to gklint: names no rule; write ignore GK301"),
        ("<!-- gklint: ignor GK3 -->", (1, 14), "comment to gklint: unknown word 'ignor'; did you mean 'ignore'?"),
        ("<!-- gklint: disable GK3 -->", (1, 14), "comment to gklint: unknown word 'disable'; did you mean 'ignore'?"),
        ("<!-- gklint: -->", (1, 14), "comment to gklint: nothing stands after 'gklint:'"),
        ("<!-- gklint: ignore blank-zeor -->", (1, 21), "no rule 'blank-zeor'; did you mean 'blank-zero'?"),
        ("<!-- gklint: ignore-file 因为 -->", (1, 26), "found '因为' where a code, a name or — and the reason"),
        ("<!-- gklint: ignore-file GK3 原因 -->", (1, 30), "found '原因' where a code, a name or — and the reason"),
        ("<!-- gklint: ignore-end -->", (1, 1), "no ignore-start of that kind stands before it"),
    ],
)
def test_a_comment_that_cannot_be_understood(comment: str, place: tuple[int, int], message: str) -> None:
    [finding] = lint(f"{comment}\n\n{CLEAN}").findings
    assert (finding.code, finding.name, finding.span[:2]) == ("GK005", "unknown-suppression", place)
    assert message in finding.message.en


def test_a_start_without_an_end_reaches_to_the_end_of_the_file() -> None:
    result = lint("<!-- gklint: ignore-start GK305 -->\n\n" + MARKED)
    assert shown(result) == [("GK005", 1, 1)]
    assert suppressed(result) == [("GK305", "")]


@pytest.mark.parametrize(
    "text", ["<!-- gklint is what we use -->\n\n", "<!-- a gklint: ignore GK3 -->\n\n", "<!-- gklint: ig"]
)
def test_other_comments_are_nobodys_business(text: str) -> None:
    assert shown(lint(text + CLEAN)) == [] or text.endswith("ig")


def test_an_unused_rule_is_told_where_it_stands_and_mended() -> None:
    text = MARKED.replace("| 作物", "<!-- gklint: ignore GK305, GK105, GK2 — x -->\n| 作物")
    result = lint(text)
    [unused] = result.findings
    assert (unused.code, unused.span[:2]) == ("GK004", (9, 28))
    assert unused.message.en == "there is no finding of GK105, GK2 to ignore here; remove it from the comment"
    assert "<!-- gklint: ignore GK305 — x -->" in mended(text, result.findings)
    assert lint(mended(text, result.findings)).findings == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_comment_with_no_effect_goes_with_its_line(end: str) -> None:
    text = CLEAN.replace("\n", end)
    with_comment = text.replace("| 作物", f"{IGNORE}{end}| 作物")
    assert mended(with_comment, lint(with_comment).findings) == text
    inline = text.replace("| 5 |", f"| 5{IGNORE} |")
    assert mended(inline, lint(inline).findings) == text


def mended(text: str, findings: list[Finding]) -> str:
    return apply_edits(Source.from_text(text, "a.md"), findings, unsafe=False).text


def test_the_nearest_comment_is_the_one_that_counts() -> None:
    text = "<!-- gklint: ignore-file GK305 — far -->\n" + MARKED.replace(
        "| 作物", "<!-- gklint: ignore GK305 — near -->\n| 作物"
    )
    result = lint(text)
    assert suppressed(result) == [("GK305", "near")]
    assert shown(result) == [("GK004", 1, 26)]


def test_behind_an_inner_part_the_outer_one_holds_again() -> None:
    text = MARKED.replace("| 作物", "<!-- gklint: ignore-start GK305 — outer -->\n\n| 作物")
    inner = "<!-- gklint: ignore-start GK305 — inner -->x<!-- gklint: ignore-end -->\n\n"
    result = lint(text.replace("| 作物", inner + "| 作物") + "\n<!-- gklint: ignore-end -->\n")
    assert suppressed(result) == [("GK305", "outer")]
    assert [code for code, _, _ in shown(result)] == ["GK004"]


def test_parts_may_overlap_where_their_ends_name_them() -> None:
    text = (
        MARKED.replace(
            "## 一",
            "<!-- gklint: ignore-start GK305 — digits -->\n<!-- gklint: ignore-start GK105 -->\n\n## 一",
        ).replace("风调雨顺。", "")
        + "\n<!-- gklint: ignore-end GK305 -->\n<!-- gklint: ignore-end GK105 -->\n"
    )
    assert suppressed(lint(text)) == [("GK105", ""), ("GK305", "digits")]
    assert shown(lint(text)) == []


def test_a_comment_before_a_table_of_html_is_about_all_of_it() -> None:
    rows = ["作物 春季 秋季 合计", "小麦 12 30 42", "水稻 ５ 8 13", "总收成 17 38 ５５"]
    table = "\n\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split()) + "</tr>" for row in rows)
    text = CLEAN[: CLEAN.index("| 作物")] + f"{IGNORE}\n\n<table>\n{table}\n</table>\n"
    assert suppressed(lint(text)) == [("GK305", "原文如此")] * 2
    assert shown(lint(text)) == []


def test_a_heading_is_a_block_of_its_own() -> None:
    text = EMPTY_SECTION.replace("## 一", "<!-- gklint: ignore section-empty -->\n## 一")
    assert suppressed(lint(text)) == [("GK105", "")]
    assert shown(lint(text)) == []


def test_text_has_no_comments() -> None:
    assert "GK004" not in [code for code, *_ in shown(lint(IGNORE + "\n" + CLEAN, "a.txt"))]


PIECES = "<!-- --> gklint: ignore -start -end GK305 , — x ` ``` <td> </td> <tr > <script>".split()


@given(
    st.lists(
        st.sampled_from([*PIECES, "\n", "\n\n", "\r\n", " ", "> ", "# 一"]),
        max_size=40,
    )
)
def test_no_text_breaks_it_and_every_place_is_in_the_text(pieces: list[str]) -> None:
    for name in ("a.md", "a.html"):
        text = MARKED + "".join(pieces)
        source = Source.from_text(text, name)
        result = lint_source(source, PACKS)
        everything = [*result.findings, *(other.finding for other in result.suppressed)]
        for finding in everything:
            assert 1 <= finding.span.line <= len(source.lines)
            assert finding.span.line == finding.span.end_line


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "unit",
    [
        "<!-- gklint: ignore GK305 --><p>",
        "<!-- gklint: ignore-start GK3 -->",
        "<!-- gklint: ignore GK305 --><td><!--",
        "`<!--",
        "<script><!--",
        "``` ",
    ],
)
def test_the_cost_is_linear(unit: str) -> None:
    from gklint.suppress import suppress

    def cost(count: int) -> float:
        source = Source.from_text(unit * count + "gklint", "a.md")
        began = time.process_time()
        for format in ("markdown", "html"):
            suppress(source, format, [], PACKS)
        return time.process_time() - began

    cost(100)
    # Ten times as many; what grew with their square would take a hundred times as long.
    assert cost(8000) < 80 * cost(800) + 1


def filled(comments: dict[int, str]) -> str:
    """The page with comments at some of its places."""
    text = HTML
    for number in range(1, 6):
        text = text.replace(f"@{number}", comments.get(number, ""))
    return text


def test_a_comment_at_the_end_of_an_element_is_about_that_element() -> None:
    text = filled({}).replace("</table>", f"{IGNORE}</table>\n")
    assert (shown(lint(text, "a.html")), suppressed(lint(text, "a.html"))) == ([], [("GK305", "原文如此")])
    # It is not about what stands beside the element on the line.
    text = filled({}).replace("<p>好</p>", f"<p>好{IGNORE}</p>")
    assert shown(lint(text, "a.html")) == [("GK004", 1, text.index("GK305") + 1), ("GK305", 1, text.index("５") + 1)]


def test_a_closing_tag_of_what_was_never_begun_ends_nothing() -> None:
    """Then the comment is about its line."""
    text = filled({}).replace("<table>", f"{IGNORE}</section><table>")
    assert (shown(lint(text, "a.html")), suppressed(lint(text, "a.html"))) == ([], [("GK305", "原文如此")])
    apart = text.replace("<table>", "\n<table>")
    assert shown(lint(apart, "a.html")) == [
        ("GK004", 1, apart.index("GK305") + 1),
        ("GK305", 2, apart.index("５") - apart.index("\n")),
    ]


def test_tags_inside_of_comments_begin_and_end_nothing() -> None:
    text = filled({1: f"{IGNORE}<!-- </table> -->"}).replace("</td><td>8", "<!-- </table><table> --></td><td>8")
    assert (shown(lint(text, "a.html")), suppressed(lint(text, "a.html"))) == ([], [("GK305", "原文如此")])


def test_an_element_that_never_ends_is_its_line() -> None:
    whole = filled({1: f"\n{IGNORE}\n"}).replace("<tr><td>水稻", "\n<tr><td>水稻")
    assert (shown(lint(whole, "a.html")), suppressed(lint(whole, "a.html"))) == ([], [("GK305", "原文如此")])
    open_ended = whole.replace("</table>", "")
    assert [(code, line) for code, line, _ in shown(lint(open_ended, "a.html"))] == [("GK004", 2), ("GK305", 4)]
    one_line = open_ended.replace("\n<tr>", "<tr>")
    assert (shown(lint(one_line, "a.html")), suppressed(lint(one_line, "a.html"))) == ([], [("GK305", "原文如此")])


def test_a_word_that_is_like_no_other_is_told_what_there_is() -> None:
    [finding] = lint(f"<!-- gklint: 香蕉 GK3 -->\n\n{CLEAN}").findings
    allowed = "ignore, ignore-start, ignore-end, ignore-file"
    assert sorted(finding.message.en.rpartition("allowed are ")[2].split(", ")) == sorted(allowed.split(", "))
    assert finding.message.en.startswith("comment to gklint: unknown word '香蕉'; ")
    assert finding.span == (1, 14, 1, 16)


def test_of_two_comments_above_a_block_both_are_about_it() -> None:
    text = MARKED.replace("| 作物", f"<!-- gklint: ignore GK302 -->\n\n{IGNORE}\n\n| 作物")
    assert shown(lint(text)) == [("GK004", 9, 21)]
    assert suppressed(lint(text)) == [("GK305", "原文如此")]


def test_a_comment_at_the_end_of_a_file_is_about_nothing() -> None:
    assert shown(lint(f"{MARKED}\n{IGNORE}\n\n")) == [("GK305", 12, 8), ("GK004", 15, 21)]
