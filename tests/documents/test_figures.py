"""Taking figures out of pipe tables: what is told apart, what is alike, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gklint.documents.figures import figure_places, take_figures
from gklint.documents.markdown import read
from gklint.documents.model import Figures, Table
from gklint.documents.source import Source

ROWS = ["| 项目 | 春 | 秋 |", "| 麦 | 12 | 30 |", "| 稻 | 5 | 8 |"]
CELLS = ("", "麦", "1.项", "其他", "0", "7", "12", "+3", "-4", "5.25", "1,234", "１", "一", "12a", "1 2", "/", "0" * 20)
cells = st.sampled_from(CELLS) | st.integers(0, 10**6).map(str)
padding = st.sampled_from(["", " ", "  ", "　"])


def figures_of(rows: list[str], headers: int = 1) -> Figures:
    figures = take_figures(rows, headers)
    assert figures is not None
    return figures


def test_tables_that_differ_in_figures_share_a_skeleton() -> None:
    first = figures_of(ROWS)
    second = figures_of(["| 项目 | 春 | 秋 |", "|麦| 700 |1|", "| 稻 |  5 | 80 |"])
    assert first.skeleton is second.skeleton
    assert (first.figures, first.values) == (("12", "30", "5", "8"), [12, 30, 5, 8])
    assert (second.figures, second.values) == (("700", "1", "5", "80"), [700, 1, 5, 80])
    assert {"项目", "春", "秋", "麦", "稻"} <= set(first.words)


@pytest.mark.parametrize(
    "rows",
    [
        ["| 项目 | 春 | 秋 |", "| 麦 | 12 | 30 |", "| 豆 | 5 | 8 |"],
        ["| 项目 | 春 | 秋 |", "| 麦 | 12 | 30 |", "| 稻 | 5 |  |"],
        ["| 项目 | 春 | 秋 |", "| 麦 | 12 | 30 |", "| 稻1 | 5 | 8 |"],
        ["| 项目 | 春 | 秋 |", "| 麦 | 12 |", "| 30 | 稻 | 5 | 8 |"],
        ["| 项目 | 春 | 秋 |", "| 麦 | 12 | 30 |", "| 稻 | 5 | 8 | 9 |"],
        ["| 项目 | 春 | 秋 |", "| 麦 | 12 | 30 |", "| 稻 | - | 8 |"],
    ],
)
def test_any_other_difference_makes_another_skeleton(rows: list[str]) -> None:
    assert figures_of(rows).skeleton is not figures_of(ROWS).skeleton


def test_what_stands_above_the_delimiter_row_makes_a_difference() -> None:
    assert figures_of(ROWS, 0).skeleton is not figures_of(ROWS, 1).skeleton


@pytest.mark.parametrize("text", ["+12", "-3", "4.5", "1,234", "1,234.50"])
def test_signs_points_and_commas_make_a_figure_that_is_no_plain_value(text: str) -> None:
    figures = figures_of([*ROWS[:2], f"| 稻 | {text} | 8 |"])
    assert figures.figures == ("12", "30", text, "8")
    assert figures.values is None


@pytest.mark.parametrize(
    "row",
    [
        "| 稻 | `5` | 8 |",
        "| 稻 | a\\|b | 8 |",
        "| 稻 | 5 | 8",
        "稻 | 5 | 8 |",
        "| **稻** | 5 | 8 |",
        "| &amp; | 5 | 8 |",
    ],
)
def test_markup_and_open_rows_are_left_to_the_slow_way(row: str) -> None:
    assert take_figures([*ROWS[:2], row], 1) is None


@given(
    st.lists(st.lists(st.tuples(padding, cells, padding).map("".join), min_size=1, max_size=5), min_size=1, max_size=5)
)
def test_places_and_texts_are_those_of_the_table(rows: list[list[str]]) -> None:
    lines = ["|" + "|".join(row) + "|" for row in rows]
    text = "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])
    [table] = read(Source.from_text(text, "a.md")).blocks
    assert isinstance(table, Table)
    figures = table.figures()
    if figures is None:
        return
    places = table.figure_places()
    assert places == figure_places(lines)
    assert [table.text_at(*place).text for place in places] == list(figures.figures)
    others = {cell.text.text for row in table.rows for cell in row if cell and (cell.row, cell.column) not in places}
    assert others | {""} == {*figures.words, ""}
    if figures.values is not None:
        assert list(map(int, figures.figures)) == figures.values


@given(st.lists(st.tuples(*[st.sampled_from(["", " ", "  ", " " * 50])] * 4), min_size=1, max_size=6))
def test_blanks_around_cells_change_nothing(paddings: list[tuple[str, str, str, str]]) -> None:
    skeleton = figures_of(ROWS).skeleton
    for number, (a, b, c, d) in enumerate(paddings):
        padded = figures_of([ROWS[0], f"|{a}麦{b}|{c}{number}{d}|{a}30{c}|", f"|{d}稻{b}|{b}5{a}|{c}8{a}|"])
        assert padded.skeleton is skeleton
        assert (padded.figures, padded.values) == ((str(number), "30", "5", "8"), [number, 30, 5, 8])


def test_many_tables_of_one_size_are_told_apart_and_the_last_ones_known_again() -> None:
    def rows(label: str) -> list[str]:
        return [*ROWS[:2], f"| 第{label}行 | 5 | 8 |"]

    labels = "甲乙丙丁戊己庚辛壬癸"
    first = {label: figures_of(rows(label)) for label in labels}
    assert len({id(one.skeleton) for one in first.values()}) == len(labels)
    assert all(f"第{label}行" in one.words for label, one in first.items())
    assert figures_of(rows(labels[-1])).skeleton is first[labels[-1]].skeleton
    again = figures_of(rows(labels[0]))
    assert (again.figures, again.values) == (first[labels[0]].figures, first[labels[0]].values)
