"""Comparing labels: what is the same, and how alike two texts are."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gklint.binding.labels import UNLIKE, edit_distance, fold, likeness, similarity, spellings
from gklint.packs.model import Label


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1.小麦", "１、小 麦"),
        ("（一）予以公开", "(一) 予以公开"),
        ("“三安全一稳定”", '"三安全一稳定"'),
        ("金额（万元）", "金额(万元)"),
        ("本年增/减", "本年增减"),
        ("ABC", "ａｂｃ"),
        ("自然人\u3000", "自\u200b然\t人"),
        ("①甲", "1甲"),
        ("", "——"),
    ],
)
def test_the_same(first: str, second: str) -> None:
    assert fold(first) == fold(second)


@pytest.mark.parametrize(
    ("first", "second"), [("1.其他", "2.其他"), ("公开", "不公开"), ("万元", "元"), ("第一项", "第二项"), ("A1", "A2")]
)
def test_not_the_same(first: str, second: str) -> None:
    assert fold(first) != fold(second)


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert not any(character.isspace() for character in folded)


@given(st.text("甲乙丙a１ （）.", max_size=12), st.text("甲乙丙a１ （）.", max_size=12))
def test_a_fold_of_two_pieces_is_that_of_the_whole(first: str, second: str) -> None:
    # A label that is cut in two over lines is put together from folded pieces.
    assert fold(first) + fold(second) == fold(first + second)


def plain_distance(first: str, second: str) -> int:
    """The same by its definition."""

    @cache
    def distance(i: int, j: int) -> int:
        if not i or not j:
            return i or j
        choices = [
            distance(i - 1, j) + 1,
            distance(i, j - 1) + 1,
            distance(i - 1, j - 1) + (first[i - 1] != second[j - 1]),
        ]
        if i > 1 and j > 1 and first[i - 2 : i] == second[j - 2 : j][::-1]:
            choices.append(distance(i - 2, j - 2) + 1)
        return min(choices)

    return distance(len(first), len(second))


WORDS = st.text("甲乙丙", max_size=7)


@given(WORDS, WORDS)
def test_the_distance_is_what_it_is_by_definition(first: str, second: str) -> None:
    assert edit_distance(first, second) == plain_distance(first, second) == edit_distance(second, first)


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [
        ("", "", 0),
        ("", "甲乙", 2),
        ("商业企业", "商业企", 1),
        ("行政复议", "政复议", 1),
        ("年度报告", "告年度报", 2),
        ("甲乙丙", "甲丙乙", 1),
        ("甲乙", "丙丁", 2),
        # A swap and an insertion between the swapped is no single edit.
        ("甲乙", "乙丙甲", 3),
    ],
)
def test_distances(first: str, second: str, distance: int) -> None:
    assert edit_distance(first, second) == distance


@given(WORDS, WORDS)
def test_similarity_is_what_it_is_by_definition_or_0_where_there_is_little_of_it(first: str, second: str) -> None:
    alike = similarity(first, second)
    wanted = 1 - plain_distance(first, second) / max(len(first), len(second), 1)
    assert alike == pytest.approx(wanted) or (alike == 0.0 and wanted < UNLIKE)
    assert (alike == 1.0) == (first == second)


def test_similarity_of_long_texts_is_not_worked_out() -> None:
    assert similarity("甲" * 201, "甲" * 200) == 0.0
    assert similarity("甲" * 300, "甲" * 300) == 1.0
    assert similarity("甲" * 200, "甲" * 199 + "乙") == pytest.approx(0.995)


def test_likeness_is_that_of_the_best_spelling() -> None:
    label = Label("（一）予以公开", ("公 开",))
    assert spellings(label) == ("一予以公开", "公开")
    assert likeness("一予以公开", label) == 1.0
    assert likeness("公开", label) == 1.0
    assert likeness("不公开", label) == pytest.approx(2 / 3)
