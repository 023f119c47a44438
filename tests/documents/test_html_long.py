"""Long plain HTML tables: what is read some rows at a time is what reading tag by tag gives, places included."""

from __future__ import annotations

import time
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from gklint.documents import html_plain
from gklint.documents.html import read
from gklint.documents.html_long import LongGrid
from gklint.documents.source import Source
from tests.documents.test_html_plain import DAMAGED, PLAIN, TEXTS, blocks, check_each_cell, check_no_cell, check_same
from tests.patience import seconds


@pytest.fixture(autouse=True)
def any_table_is_long() -> Iterator[None]:
    with patch.object(html_plain, "LONG", 0):
        yield


def long_grid(html: str) -> LongGrid:
    (block,) = blocks(html)
    assert isinstance(block, LongGrid)
    return block


LONG = [
    "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>",
    """<table border="1">
<colgroup><col width=3><col></colgroup>
<thead>
<tr><th rowspan="2">甲</th><th colspan=2>1</th></tr>
<tr><th>2</th><th> 3 </th></tr>
</thead>
<tbody class=c>
<tr><td>乙</td><td>&nbsp;</td><td></td></tr>
<tr><td colspan='3'>
2
</td></tr></tbody><tbody><tr><td>丙</td><td>4</td></tr>
</tbody></table>""",
    (
        "<table><tr><td>一</td><td rowspan=3>1</td></tr><tr><td rowspan=2>2</td></tr><tr><td>3</td></tr>"
        "<tr><td>二</td><td><p>5</p></td></tr></table>"
    ),
    (
        "<table><tr><td>一</td><td>1</td></tr><tr><td rowspan=2>二</td><td>2</td></tr></tbody><tbody>"
        "<tr><td>3</td></tr><tr><td>三</td><td>4<br>5</td></tr></table>"
    ),
]


@pytest.mark.parametrize("html", LONG)
def test_a_long_table_is_read_in_parts(html: str) -> None:
    long_grid(html)
    check_same(html)
    check_same(html.replace("\n", "\r\n"))
    check_same("甲\n" + html + "乙")


@pytest.mark.parametrize("html", LONG)
def test_each_cell_can_be_asked_for(html: str) -> None:
    check_each_cell(long_grid(html), long_grid(html).rows)


@pytest.mark.parametrize("cells", [2, 3, 4, 5])
def test_a_long_table_in_another_that_may_only_lay_out_a_page(cells: int) -> None:
    row = "<tr><td>甲</td><td>1</td></tr>"
    check_same(f"<table><tr>{'<td>2</td>' * cells}</tr><tr><td>3</td><td><table>{row * 3}</table></td></tr></table>")


def test_a_position_without_a_cell_has_no_text() -> None:
    html = "<table><tr><td>甲</td><td>1</td><td rowspan=2>2</td></tr><tr><td>3</td></tr><tr><td>4</td></tr></table>"
    check_no_cell(long_grid(html), 1, 1)


@pytest.mark.parametrize(
    "html",
    [
        *(html for html in PLAIN if html.count("</tr>") < 2),
        "<table><tr><td>甲</td><td>1</td></tr><tr></tr><tr><td>2</td></tr></table>",
        "<table><tr><td>甲</td><td rowspan=0>1</td></tr><tr><td>2</td></tr></table>",
        "<table><tr><td>甲</td><td>1</td></tr><thead><tr><td>2</td></tr></thead></table>",
        "<table><tr><td>甲</td><td>1</td></tr><tfoot><tr><td>2</td></tr></tfoot></table>",
        "<table><tfoot><tr><td>7</td></tr></tfoot><tr><td>8</td></tr></table>",
        "<table><tr><td>甲</td><td>1</td></tr></tbody><tfoot><tr><td>2</td></tr></tfoot><tr><td>3</td></tr></table>",
        "<table hidden><tr><td>甲</td><td>1</td></tr><tr><td>2</td></tr></table>",
        "<table><tbody hidden><tr><td>甲</td><td>1</td></tr><tr><td>2</td></tr></tbody></table>",
        "<table><tr><td>甲</td><td>1</td></tr>乙<tr><td>2</td></tr></table>",
        "<table><tr><td>甲</td><td>1</td></tr><tr><td>2</td><tr><td>3</td></tr></table>",
        "<table><tr><td>甲</td><td>1</td></tr><track></track></table>",
        "<table><tr><td>甲</td></tr><tr><td>" + "1" * 61 + "</td></tr></table>",
        "<table><tr><td>甲</td><td>1</td></tr>" + "<tr><td rowspan=2>1</td><td>2</td></tr>" * 1001 + "</table>",
    ],
)
def test_any_other_table_is_read_as_a_whole(html: str) -> None:
    assert not any(isinstance(block, LongGrid) for block in blocks(html))
    check_same(html)


GOOD_CELLS = st.tuples(
    st.sampled_from(
        ["<td>{}</td>", "<th>{}</th>", "<td colspan=2>{}</td>", "<td rowspan=2>{}</td>", "<td><p>{}</p></td>"]
    ),
    st.sampled_from(TEXTS),
).map(lambda cell: cell[0].format(cell[1]))
GOOD_ROWS = st.lists(GOOD_CELLS, min_size=1, max_size=4).map(lambda cells: f"<tr>{''.join(cells)}</tr>")
LAST_ROW = "<tr><td>9</td><td>9</td></tr>"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(GOOD_ROWS, st.sampled_from(["", "\n", "</tbody><tbody>"])), min_size=2, max_size=6))
def test_both_ways_give_the_same_for_a_table_of_any_plain_rows(rows: list[tuple[str, str]]) -> None:
    html = f"<table><tbody>{''.join(row + behind for row, behind in rows)}{LAST_ROW * 2}</tbody></table>"
    with patch.object(html_plain, "LONG", 0):
        event(f"in parts: {any(isinstance(block, LongGrid) for block in blocks(html))}")
        check_same(html)


@settings(max_examples=300, deadline=None)
@given(DAMAGED)
def test_both_ways_give_the_same_for_whatever_became_of_a_table(html: str) -> None:
    with patch.object(html_plain, "LONG", 0):
        check_same(html)


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "row",
    [
        "<tr><td>甲</td><td>1</td></tr>\n",
        "<tr><td>甲</td><td rowspan=2>1</td></tr><tr><td>2</td></tr>",
        "<tr><td>甲</td><td rowspan=2>1</td></tr>" * 900 + "<tr><td>2</td></tr>",
        "<tr><td rowspan=65534>1</td></tr>",
        "<tr><td>",
    ],
)
def test_the_time_grows_with_the_size_only(row: str) -> None:
    source = Source.from_text("<table>" + row * (20_000 // row.count("<tr")) + "</table>", "x.html")
    began = time.perf_counter()
    read(source)
    # A second or so; a cost that grows with the square would take minutes.
    assert time.perf_counter() - began < seconds(20)
