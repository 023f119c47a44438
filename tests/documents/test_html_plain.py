"""Plain HTML tables: what is read by their skeletons is what reading tag by tag gives, places included."""

from __future__ import annotations

import time
from itertools import chain, pairwise
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gklint.documents import html as html_reader
from gklint.documents import html_plain
from gklint.documents.html import read
from gklint.documents.html_plain import PlainGrid, PlainTables, SkeletonGrid
from gklint.documents.model import Block, Cell, Table
from gklint.documents.source import Source
from tests.fuzz.wellformed import content
from tests.patience import seconds


def blocks(html: str) -> list[Block]:
    return read(Source.from_text(html, "report.html")).blocks


def blocks_by_tags(html: str) -> list[Block]:
    with patch.object(PlainTables, "at", return_value=None):
        return blocks(html)


def all_of(block: Block) -> object:
    """All of a block that can be told apart; of a table, also which positions are of one cell."""
    cells = list(chain.from_iterable(block.rows)) if isinstance(block, Table) else []
    return content(block), [id(cell) == id(above) for cell, above in pairwise(cells)]


def check_same(html: str) -> None:
    assert [all_of(block) for block in blocks(html)] == [all_of(block) for block in blocks_by_tags(html)]


def grid(html: str) -> PlainGrid:
    (block,) = blocks(html)
    assert isinstance(block, PlainGrid)
    return block


PLAIN = [
    "<table><tr><td>甲</td><td>1</td></tr></table>",
    """<table border="1" width=100%>
<tbody>
<tr style="height: 1px">
<th rowspan="2">甲</th>
<td> 1 </td>
</tr>
<tr><td colspan='3'>
2
</td></tr></tbody></table>""",
    "<table><colgroup><col width=3><col/></colgroup><thead><tr><td>甲</td><td></td></tr></thead></table>",
    "<table><td>甲</td><td>1</td></table>",
    "<table><tr><td><p><span>甲</span></p></td><td>\n<p> 1\n</p> </td></tr></table>",
    "<table><tr><td>甲<br>乙</td><td><b>1</b>2<br/></td></tr></table>",
    "<table><tr><td>&nbsp;</td><td><p>&ldquo;1 &amp;  2&rdquo;</p></td></tr></table>",
    "<table><tr><td> \u3000 </td><td><p>\xa0</p></td></tr></table>",
    "<table><tr><td rowspan=0>甲</td><td>1</td></tr><tr></tr><tr><td>2</td></tr></table>",
    "<table><tr><td>甲</td><td rowspan=2 colspan=2>1</td></tr><tr><td colspan=2>2</td></tr></table>",
    "<table><tr><td>甲</td><td><br><b></b></td></tr></table>",
]


@pytest.mark.parametrize("html", PLAIN)
def test_a_plain_table_is_read_by_its_skeleton(html: str) -> None:
    grid(html)
    check_same(html)
    check_same(html.replace("\n", "\r\n"))
    check_same("甲\n" + html + "乙")


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>甲<td>1</table>",
        "<table><tr><td>甲</td>乙<td>1</td></tr></table>",
        "<table><tr><td>甲</td><td hidden>1</td><td>2</td></tr></table>",
        "<table><tr style='display: none'><td>甲</td><td>1</td></tr><tr><td>2</td><td>3</td></tr></table>",
        "<table><tr><td>甲</td><td><span hidden>1</span>2</td></tr></table>",
        "<table><tr><td>甲</td><td><!-- 1 -->2</td></tr></table>",
        "<table><tr><td>1 > 2</td><td>3</td></tr></table>",
        "<table><tr><td>1 < 2</td><td>3</td></tr></table>",
        "<table><tr><td>1>/td<td>2</td><td>3</td></tr></table>",
        "<table><tr><td title='>'>甲</td><td>1</td></tr></table>",
        "<table><tr><td title='<b>'>甲</td><td>1</td></tr></table>",
        "<table><caption>丙</caption><tr><td>甲</td><td>1</td></tr></table>",
        "<table><tfoot><tr><td>甲</td><td>1</td></tr></tfoot><tr><td>乙</td><td>2</td></tr></table>",
        "<table><tr><td><h2>甲</h2></td><td>1</td></tr></table>",
        "<table><tr><td>甲</td><td><table><tr><td>1<td>2</table></td></tr></table>",
        "<table><tr><td>甲</td></TABLE><tr><td>1</td></tr></table>",
        "<TABLE><tr><td>甲</td><td>1</td></tr></TABLE>",
        "<table><tr><td>甲</td><td>1</td></tr></tablex></table>",
        "<table><tr><td>甲</td><td>1</td></tr></table",
        "<table><tr><td/>甲</td><td>1</td></tr></table>",
        "<table><tr><td>甲</td>" + "<td colspan=999>2</td>" * 30 + "</tr></table>",
    ],
)
def test_any_other_table_is_read_tag_by_tag(html: str) -> None:
    assert not any(isinstance(block, PlainGrid) for block in blocks(html))
    check_same(html)


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>甲</td></tr></table>",
        f"<table><tr><td>{'甲' * 201}</td><td>1</td></tr></table>",
        f"<table><tr><td>{'甲' * 61}</td></tr><tr><td>1</td></tr></table>",
        "<table><tr><td>甲</td><td>&#12288;<b></b><br></td></tr></table>",
        "<strong><table><tr><td>甲</td></tr></table></strong>",
    ],
)
def test_a_plain_table_that_is_none_for_what_it_says_is_read_once_more(html: str) -> None:
    assert not any(isinstance(block, PlainGrid) for block in blocks(html))
    check_same(html)


def test_when_spans_have_filled_too_much_tables_are_read_tag_by_tag() -> None:
    html = "<table><tr><td>甲</td><td colspan=40>1</td></tr></table>" * 3
    with patch.object(html_reader, "_MAX_SPAN_POSITIONS", 100):
        assert [isinstance(block, PlainGrid) for block in blocks(html)] == [True, True, False]
        check_same(html)


@pytest.mark.parametrize(
    "around",
    [
        "<div><p>甲{}乙</div>",
        "<strong>{}</strong>",
        "<pre>\n{}\n</pre>",
        "<div hidden>{}</div>",
        "<h2>甲{}乙</h2>",
        "<table hidden><tr><td>{}</td></tr></table>",
        "<table><tr><td>甲{}乙</td><td></td></tr><tr><td>1</td><td>2</td></tr></table>",
        "<table><tr><td>甲<td>2<td>3{}<td>4</tr></table>",
        "<table>{}<tr><td>甲</td><td>1</td></tr></table>",
        "<table><tr><td>" * 70 + "{}" + "</td></tr></table>" * 70,
    ],
)
def test_what_stands_around_a_plain_table(around: str) -> None:
    for html in PLAIN:
        check_same(around.replace("{}", html))


def check_each_cell(block: SkeletonGrid, rows: list[list[Cell | None]]) -> None:
    """What is asked of a table of which nothing has been asked before is what stands in these rows."""
    full = Table(rows, block.span, block.markup)
    assert block.height == full.height
    places = [(r, c) for r, row in enumerate(full.rows) for c, cell in enumerate(row) if cell is not None]
    assert [block.line_at(*place) for place in places] == [full.line_at(*place) for place in places]
    assert [content(block.text_at(*place)) for place in places] == [content(full.text_at(*place)) for place in places]
    assert block.texts_at(places) == full.texts_at(places)
    assert list(dict.fromkeys(block.texts())) == list(dict.fromkeys(full.texts()))
    assert block.size() == full.size()
    assert all_of(block) == all_of(full)


def check_no_cell(block: SkeletonGrid, row: int, column: int) -> None:
    """A position that no cell covers has no text."""
    assert block.rows[row][column] is None
    for ask in (block.text_at, block.line_at):
        with pytest.raises(KeyError):
            ask(row, column)
    with pytest.raises(AttributeError):
        _ = block.columns


@pytest.mark.parametrize("html", PLAIN)
def test_nothing_has_to_be_asked_for_before_something_else(html: str) -> None:
    check_each_cell(grid(html), grid(html).rows)


def test_a_position_without_a_cell_has_no_text() -> None:
    html = "<table><tr><td>甲</td><td>1</td><td rowspan=2>2</td></tr><tr><td>3</td></tr></table>"
    check_no_cell(grid(html), 1, 1)


def test_tables_that_differ_in_their_texts_alone_share_a_layout_and_a_signature() -> None:
    html_plain._layouts.clear()
    first, second, third = (
        grid(f"<table{border}><tr><td>{label}</td><td>{value}</td></tr></table>")
        for border, label, value in (("", "甲", "1"), ("", "甲", " 2 "), (" border=1", "乙", "&#49;"))
    )
    assert len(html_plain._layouts) == 2

    def any_number(text: str) -> str:
        return "0" if text.isdigit() else text

    assert first.signature(any_number) == second.signature(any_number) != third.signature(any_number)
    assert first.signature(len_of) == third.signature(len_of)
    other = grid("<table><tr><td>甲</td></tr><tr><td>1</td></tr></table>")
    assert first.signature(any_number) != other.signature(any_number)


def len_of(text: str) -> str:
    return str(len(text))


def test_only_so_many_layouts_are_kept_and_none_that_is_huge() -> None:
    html_plain._layouts.clear()
    for number in range(300):
        grid(f"<table class=c{number}><tr><td>甲</td><td>1</td></tr></table>")
        assert len(html_plain._layouts) <= html_plain._MAX_LAYOUTS
    html_plain._layouts.clear()
    grid("<table>" + "<tr><td>甲</td><td>1</td></tr>" * 5000 + "</table>")
    assert not html_plain._layouts


CELLS = """\
<td>{}</td>|<td>{}</td>|<th>{}</th>|<td colspan=2>{}</td>|<td rowspan="2">{}</td>|<td rowspan=0>{}</td>
<td><p>{}</p></td>|<td>\r<p>\r<span> {}</span></p>\r</td>|<td>{0}<br>{0}</td>|<td><br>{}<b></b></td>
<td><b>{0}</b> {0}</td>|<td hidden>{}</td>|<td>{}|<td><b>{}</td>|<td>{}</b></td>"""
TEXTS = [
    "7",
    "",
    "一、总计",
    " 8 ",
    "&nbsp;",
    "a  b",
    "\u3000",
    "&#12288;",
    "\n5\n",
    "&ldquo;x&rdquo;",
    "\u3000 ",
    "a\nb",
]
ROWS = st.sampled_from(["<tr>{}</tr>", "<tr>\n{}\n</tr>\n", "<tbody><tr>{}</tr></tbody>", "<tfoot><tr>{}</tr></tfoot>"])
TABLES = st.lists(
    st.tuples(
        ROWS,
        st.lists(st.tuples(st.sampled_from(CELLS.replace("\n", "|").split("|")), st.sampled_from(TEXTS)), max_size=4),
    ).map(lambda row: row[0].format("".join(cell.format(text) for cell, text in row[1]))),
    max_size=4,
).map(lambda rows: f"<table>{''.join(rows)}</table>")
DAMAGE = [
    *("", "<", ">", "</td>", "<td>", "</tr>", "<table>", "</table>", "<br>", "<p>", "</p>", "<!-- -->", "<td/>", "&"),
    "\r\n",
]


def damaged(html: str, damage: list[tuple[int, int, str]]) -> str:
    """The text with something else in some places: where, how much goes, and what comes instead."""
    for place, length, instead in damage:
        place %= len(html) + 1
        html = html[:place] + instead + html[place + length :]
    return html


DAMAGED = st.builds(
    damaged, TABLES, st.lists(st.tuples(st.integers(0, 500), st.integers(0, 6), st.sampled_from(DAMAGE)), max_size=3)
)


@settings(max_examples=300, deadline=None)
@given(DAMAGED)
def test_both_ways_give_the_same_for_whatever_became_of_a_table(html: str) -> None:
    check_same(html)


@pytest.mark.parametrize(
    "unit",
    [
        *("<table></table>", "<table><tr>", "<table></table", "<table><TABLE>", "<TABLE></table>", "<table ></TABLE>"),
        *("<table><td>1</td><td><br></td></table>", "<table><td>&amp;</td><td>"),
    ],
)
def test_the_time_grows_with_the_size_only(unit: str) -> None:
    for text in (unit * 20_000, unit * 20_000 + "</table>" * 20_000):
        source = Source.from_text(text, "x.html")
        began = time.perf_counter()
        read(source)
        # A quarter of a second or so; a cost that grows with the square would take minutes.
        assert time.perf_counter() - began < seconds(10)
