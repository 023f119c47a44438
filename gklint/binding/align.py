"""Order: aligning two sequences, and the smallest set of things to move."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import islice
from operator import lt


def in_order(positions: Sequence[int]) -> set[int]:
    """Indices of a longest increasing subsequence: what may stay where it is; everything else has moved."""
    if all(map(lt, positions, islice(positions, 1, None))):
        return set(range(len(positions)))
    tails: list[int] = []
    tail_indices: list[int] = []
    before: list[int] = []
    for index, position in enumerate(positions):
        place = bisect_left(tails, position)
        before.append(tail_indices[place - 1] if place else -1)
        if place == len(tails):
            tails.append(position)
            tail_indices.append(index)
        else:
            tails[place] = position
            tail_indices[place] = index
    kept: set[int] = set()
    index = tail_indices[-1] if tail_indices else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return kept


def align(found: int, expected: int, score: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """Pairs (index found, index expected), both rising, with the largest total score; a score of 0 or less never
    pairs."""
    table = [[0.0] * (expected + 1) for _ in range(found + 1)]
    pairs = [[0.0] * expected for _ in range(found)]
    for i in range(found - 1, -1, -1):
        row, below = table[i], table[i + 1]
        for j in range(expected - 1, -1, -1):
            value = pairs[i][j] = score(i, j)
            best = below[j] if below[j] >= row[j + 1] else row[j + 1]
            if value > 0 and below[j + 1] + value > best:
                best = below[j + 1] + value
            row[j] = best
    result: list[tuple[int, int]] = []
    i = j = 0
    while i < found and j < expected:
        value = pairs[i][j]
        if value > 0 and table[i][j] == table[i + 1][j + 1] + value:
            result.append((i, j))
            i += 1
            j += 1
        elif table[i][j] == table[i + 1][j]:
            i += 1
        else:
            j += 1
    return result
