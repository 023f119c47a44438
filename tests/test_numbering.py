"""Ordinal numbers in front of headings and labels."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gklint.numbering import Ordinal, format_like, parse_chinese, parse_lost, parse_ordinal, to_chinese

CHINESE = "零〇一二三四五六七八九十百"
NUMERAL = rf"(?:[{CHINESE}]+|[0-9０-９]{{1,3}}|[IVXL]{{1,7}}(?![A-Za-z]))"
# The grammar at a glance: what stands for the ordinal, and in group 1 its numeral.
GRAMMAR = [
    rf"[（(〔\[]\s*({NUMERAL})\s*[）)〕\]][、.．:：]?",
    rf"第\s*([{CHINESE}]+|[0-9０-９]{{1,3}})\s*(?:部分|章|节|条|款|项|篇)[、.．:：]?",
    r"([①-⑳])[、.．]?",
    rf"({NUMERAL})\s*[、.．,，:：)）](?![0-9０-９])",
    rf"([{CHINESE}]+)(?=\s)",
]
CHARACTERS = st.sampled_from("一二三十百零〇两0123９０IVXLa第章节部分条款项篇①②⑳（(〔[）)〕]、.．,，:： \u3000\t\n题要")


def by_grammar(text: str) -> re.Match[str] | None:
    return next((match for rule in GRAMMAR if (match := re.match(rf"\s*{rule}\s*", text))), None)


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("一、总体情况", Ordinal(1, "一、", "一、", 2)),
        ("  （十二） 予以公开", Ordinal(12, "（一）", "（十二）", 7)),
        ("(3)其他", Ordinal(3, "（1）", "(3)", 3)),
        ("3．其他", Ordinal(3, "1.", "3．", 2)),
        ("IV. 其他", Ordinal(4, "I.", "IV.", 4)),
        ("第五章 附则", Ordinal(5, "第一章", "第五章", 4)),
        ("第2部分：附则", Ordinal(2, "第1部分", "第2部分：", 5)),
        ("③、其他", Ordinal(3, "①", "③、", 2)),
        ("二\u3000其他", Ordinal(2, "一", "二", 2)),
        ("3.14", None),
        ("2023年", None),
        ("1234、", None),
        ("Iv. x", None),
        ("（甲）", None),
        ("第十", None),
        ("一定", None),
        ("", None),
        (" ", None),
    ],
)
def test_ordinals(text: str, ordinal: Ordinal | None) -> None:
    assert parse_ordinal(text) == ordinal


@settings(max_examples=1000)
@given(st.text(CHARACTERS, max_size=8))
def test_the_grammar_is_kept(text: str) -> None:
    ordinal, match = parse_ordinal(text), by_grammar(text)
    assert (ordinal is None) == (match is None)
    if ordinal is not None and match is not None:
        assert ordinal.text == match[0].strip()
        assert ordinal.length == match.end()


# --- from a number to its text and back -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
    ],
)
def test_chinese_numerals(value: int, text: str) -> None:
    assert to_chinese(value) == text
    assert parse_chinese(text) == value


@given(st.integers(1, 999))
def test_a_chinese_numeral_is_the_number_that_it_was_written_for(value: int) -> None:
    assert parse_chinese(to_chinese(value)) == value


@pytest.mark.parametrize("text", ["", "甲", "一甲", "1"])
def test_what_is_no_chinese_numeral(text: str) -> None:
    assert parse_chinese(text) is None


@given(
    st.integers(1, 99),
    st.sampled_from(["一、", "（一）", "1.", "1、", "（1）", "第一章", "第一部分", "第1条", "一", "①"]),
)
def test_an_ordinal_is_the_number_that_it_was_written_for(value: int, style: str) -> None:
    written = format_like(value, style)
    # There are circled figures up to 20.
    shown = "（1）" if style == "①" and value > 20 else style
    assert parse_ordinal(f"{written} 题") == Ordinal(value, shown, written, len(written) + 1)


@given(st.integers(1, 89))
def test_a_roman_numeral_is_the_number_that_it_was_written_for(value: int) -> None:
    written = format_like(value, "I.")
    ordinal = parse_ordinal(f"{written} x")
    # LXXXVIII is the only one of eight letters, more than an ordinal has.
    assert ordinal == (None if len(written) > 8 else Ordinal(value, "I.", written, len(written) + 1))


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("）题", Ordinal(None, "（一）", "）", 1)),
        (") 题", Ordinal(None, "（一）", ")", 2)),
        ("）、题", Ordinal(None, "（一）", "）、", 2)),
        ("（）题", Ordinal(None, "（一）", "（）", 2)),
        ("( )题", Ordinal(None, "（一）", "( )", 3)),
        ("（三题", Ordinal(3, "（一）", "（三", 2)),
        ("（十二 题", Ordinal(12, "（一）", "（十二", 4)),
        ("（三）题", None),
        ("（甲题", None),
        ("题", None),
        ("", None),
    ],
)
def test_what_is_left_of_an_ordinal(text: str, lost: Ordinal | None) -> None:
    assert parse_lost(text) == lost
