"""What the measuring of mutants counts and picks; the mutating itself is cosmic-ray's."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from tools.mutation import ROOT, TARGETS, Mutant, annotation_spans, sample

SOURCE = """\
count: int | None = 1 | 2


def 数(值: "int | str", 名: str | None = None) -> list[int] | None:
    return [值 | 1]


class Row:
    cells: tuple[int, ...] | None
"""


def test_annotations_are_found_by_characters_and_values_left_alone() -> None:
    lines = SOURCE.splitlines()
    found = sorted((begin, lines[begin[0] - 1][begin[1] : end[1]]) for begin, end in annotation_spans(SOURCE))
    assert found == [
        ((1, 7), "int | None"),
        ((4, 9), '"int | str"'),
        ((4, 25), "str | None"),
        ((4, 47), "list[int] | None"),
        ((9, 11), "tuple[int, ...] | None"),
    ]


def mutants(jobs: list[str]) -> list[Mutant]:
    return [Mutant("a.py", (line, 0), (line, 1), "core/AddNot", line, job) for line, job in enumerate(jobs, 1)]


@given(st.randoms(use_true_random=False), st.integers(0, 30), st.integers())
def test_a_sample_depends_on_the_seed_and_neither_on_order_nor_on_job_names(
    shuffle: random.Random, size: int, seed: int
) -> None:
    first = mutants([f"a{line}" for line in range(20)])
    second = mutants([f"b{20 - line}" for line in range(20)])
    shuffle.shuffle(second)
    picked = [one.occurrence for one in sample(first, size, seed)]
    assert picked == [one.occurrence for one in sample(second, size, seed)]
    assert len(picked) == len(set(picked)) == min(size, 20)


def test_every_target_names_what_is_there() -> None:
    for target in TARGETS.values():
        for path in (*target.modules, *target.tests, *target.slow):
            assert (ROOT / path.removeprefix("--ignore=")).exists(), path
