"""The line of a finding, marked and cut to width."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gklint.output.cells import cells, shown
from gklint.output.frame import frame
from tests.patience import seconds


def test_a_short_line_is_shown_whole() -> None:
    assert frame("| 合计 | 74 |", 7, 9, 40) == ("| 合计 | 74 |", 9, 2)


def test_a_wide_mark_is_as_long_as_its_characters() -> None:
    assert frame("一、总体情况", 2, 6, 40) == ("一、总体情况", 4, 8)


def test_a_place_without_characters_is_marked_by_one_cell() -> None:
    assert frame("|  |", 2, 2, 40) == ("|  |", 2, 1)
    assert frame("abc", 3, 3, 40) == ("abc", 3, 1)
    assert frame("", 0, 0, 40) == ("", 0, 1)
    assert frame("abc", 9, 12, 40) == ("abc", 3, 1)


def test_tabs_and_controls_are_drawn_as_long_as_they_are_marked() -> None:
    assert frame("\ta\x1bb", 2, 3, 40) == ("    a\\x1bb", 5, 4)


def test_combining_marks_take_no_cell() -> None:
    assert frame("e\u0301x", 2, 3, 40) == ("e\u0301x", 1, 1)


def test_a_long_line_is_cut_on_both_sides_of_the_mark() -> None:
    line = "零" * 50 + "错" + "零" * 50
    drawn = frame(line, 50, 51, 21)
    assert drawn == ("…" + "零" * 4 + "错" + "零" * 4 + "…", 9, 2)


def test_the_end_of_a_long_line_is_shown_up_to_it() -> None:
    assert frame("零" * 50 + "错", 50, 51, 20) == ("…" + "零" * 8 + "错", 17, 2)


def test_the_beginning_of_a_long_line_is_shown_from_it() -> None:
    assert frame("错" + "零" * 50, 0, 1, 20) == ("错" + "零" * 8 + "…", 0, 2)


def test_a_mark_longer_than_the_line_of_output_is_shown_from_its_beginning() -> None:
    assert frame("甲" * 60, 10, 50, 20) == ("…" + "甲" * 9 + "…", 1, 18)


def test_ambiguous_width_counts_for_line_mark_and_ellipsis() -> None:
    assert frame("“错”", 1, 2, 40, 2) == ("“错”", 2, 2)
    drawn = frame("零" * 50 + "错" + "零" * 50, 50, 51, 22, 2)
    assert cells(drawn.text, 2) <= 22
    assert drawn.text[0] == "…"
    assert drawn.start == 2 + 2 * drawn.text[1:].index("错")


@given(
    st.text(alphabet="ab零\u0301“\t\x1b \u200b😀", max_size=120),
    st.integers(0, 130),
    st.integers(0, 130),
    st.integers(20, 60),
    st.integers(1, 2),
)
def test_the_mark_stands_under_its_text(line: str, start: int, length: int, width: int, ambiguous: int) -> None:
    drawn = frame(line, start, start + length, width, ambiguous)
    assert cells(drawn.text, ambiguous) <= width
    assert 0 <= drawn.start <= width
    assert drawn.length >= 1
    start = min(start, len(line))
    if length and start < len(line) and shown(line[start]).strip() and cells(shown(line[start])):
        # What stands over the mark's first cell is the marked character, in a line however it was cut.
        before = 0
        for index, char in enumerate(drawn.text):
            if before >= drawn.start and cells(char, ambiguous):
                assert drawn.text.startswith(shown(line[start]), index)
                break
            before += cells(char, ambiguous)


@pytest.mark.unmeasured
@pytest.mark.parametrize("place", [0, 2_500_000, 4_999_999])
def test_the_length_of_the_line_costs_nothing(place: int) -> None:
    line = "零" * 5_000_000
    begun = time.perf_counter()
    for _ in range(50):
        frame(line, place, 5_000_000, 100)
    assert time.perf_counter() - begun < seconds(2)
