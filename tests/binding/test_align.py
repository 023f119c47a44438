"""Order: the largest score of an alignment, the fewest things to move."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gklint.binding.align import align, in_order

SCORES = st.lists(st.lists(st.sampled_from([-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0]), min_size=4, max_size=4), max_size=4)


def best_score(scores: list[list[float]], width: int) -> float:
    """The largest total over all alignments, each tried."""
    best = 0.0
    for size in range(1, min(len(scores), width) + 1):
        for rows in combinations(range(len(scores)), size):
            for columns in combinations(range(width), size):
                chosen = [scores[i][j] for i, j in zip(rows, columns, strict=True)]
                if all(score > 0 for score in chosen):
                    best = max(best, sum(chosen))
    return best


@given(SCORES, st.integers(0, 4))
def test_an_alignment_has_the_largest_score(scores: list[list[float]], width: int) -> None:
    pairs = align(len(scores), width, lambda i, j: scores[i][j])
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
    assert all(scores[i][j] > 0 for i, j in pairs)
    assert sum(scores[i][j] for i, j in pairs) == best_score(scores, width)


@pytest.mark.parametrize(
    ("found", "expected", "pairs"),
    [
        ("", "abc", []),
        ("abc", "", []),
        ("abc", "abc", [(0, 0), (1, 1), (2, 2)]),
        ("axc", "abc", [(0, 0), (2, 2)]),
        ("bc", "abc", [(0, 1), (1, 2)]),
        ("aab", "ab", [(0, 0), (2, 1)]),
    ],
)
def test_alignments(found: str, expected: str, pairs: list[tuple[int, int]]) -> None:
    assert align(len(found), len(expected), lambda i, j: float(found[i] == expected[j])) == pairs


def longest_rise(positions: Sequence[int]) -> int:
    """The length of the longest rising subsequence, each tried."""
    return max(
        size
        for size in range(len(positions) + 1)
        for chosen in combinations(positions, size)
        if all(first < second for first, second in pairwise(chosen))
    )


@given(st.lists(st.integers(0, 7), max_size=8))
def test_as_many_as_can_stay_where_they_are(positions: list[int]) -> None:
    kept = sorted(in_order(positions))
    values = [positions[index] for index in kept]
    assert values == sorted(set(values))
    assert len(kept) == longest_rise(positions)


@pytest.mark.parametrize(
    ("positions", "kept"),
    [
        ([], set()),
        ([5], {0}),
        ([0, 1, 2], {0, 1, 2}),
        ([2, 0, 1], {1, 2}),
        ([1, 2, 0], {0, 1}),
        ([0, 3, 1, 2], {0, 2, 3}),
        ([3, 3], {1}),
    ],
)
def test_what_stays(positions: list[int], kept: set[int]) -> None:
    assert in_order(positions) == kept
