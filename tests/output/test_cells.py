"""Widths and escapes of text on a terminal."""

from __future__ import annotations

import pytest

from gklint.output.cells import cells, char_cells, clip, pad, plain, shown


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("收入合计（万元）", 16),
        ("ａ１", 4),
        ("ﾊﾝｶｸ", 4),
        ("e\u0301", 1),
        ("\U0001f600", 2),
        ("한글", 4),
        ("\u1112\u1161\u11ab", 2),
        ("“—…”", 4),
    ],
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


def test_ambiguous_characters_are_as_wide_as_asked() -> None:
    assert [char_cells(char, 2) for char in "“—…①a收"] == [2, 2, 2, 2, 1, 2]


@pytest.mark.parametrize(
    ("char", "drawn"),
    [
        ("\t", "    "),
        ("\x1b", "\\x1b"),
        ("\x9b", "\\x9b"),
        ("\u202e", "\\u202e"),
        ("\u200b", "\\u200b"),
        ("\u2028", "\\u2028"),
        ("\udc80", "\\udc80"),
        ("\U000e0041", "\\U000e0041"),
        ("收", "收"),
        ("\u3000", "\u3000"),
    ],
)
def test_shown(char: str, drawn: str) -> None:
    assert shown(char) == drawn


def test_plain_is_always_one_line() -> None:
    assert plain("a\nb\r\tc\x1b[31m\x85\u2029") == "a\\nb\\r\\tc\\x1b[31m\\x85\\u2029"
    assert plain("自然人 1") == "自然人 1"


def test_pad_counts_cells() -> None:
    assert pad("总计", 6) == "总计  "
    assert pad("总计", 6, right=True) == "  总计"
    assert pad("总计", 3) == "总计"


@pytest.mark.parametrize(
    ("width", "cut"), [(10, "行政复议"), (8, "行政复议"), (7, "行政复…"), (6, "行政…"), (5, "行政…")]
)
def test_clip_never_cuts_a_wide_character(width: int, cut: str) -> None:
    assert clip("行政复议", width) == cut
    assert cells(clip("行政复议", width)) <= width
