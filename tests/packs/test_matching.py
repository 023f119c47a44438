"""Patterns from strangers: the automaton finds what the standard library finds, and nothing takes for ever."""

from __future__ import annotations

import re
import time
import warnings
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from gklint.packs.automaton import Automaton
from gklint.packs.effort import UnfitError, effort, parsed
from gklint.packs.matching import MAX_TEXT, Pattern
from gklint.packs.patterns import check_pattern
from tests.patience import seconds

ITEMS = st.sampled_from(
    ["a", "b", "c", ".", "[ab]", "[^a]", r"\d", r"\w", "1", "(?!a)", r"(?<=\w)", "(?<!b)", r"\b", "^", "$"]
)
PATTERNS = st.recursive(
    ITEMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map("|".join).map("({})".format),
        inner.map("({})".format),
        inner.map("(?:{})*".format),
        inner.map("(?:{})+?".format),
        inner.map("(?:{})?".format),
        inner.map("(?:{})??".format),
        inner.map("(?:{}){{1,3}}".format),
        inner.map("(?:{}){{2,}}?".format),
    ),
    max_leaves=8,
)
TEXTS = st.text("aabbc1 \n", max_size=12)


def empty_turns(tree: Any) -> bool:
    """Whether a repetition in the pattern may match nothing in one of its turns."""
    for operator, argument in tree:
        name = str(operator)
        parts = list(argument[1]) if name == "BRANCH" else [argument[3]] if name == "SUBPATTERN" else []
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            parts = [argument[2]]
            if argument[2].getwidth()[0] == 0:
                return True
        if any(map(empty_turns, parts)):
            return True
    return False


@pytest.mark.unmeasured
@settings(max_examples=1500)
@given(PATTERNS, TEXTS)
@example("(a|ab)(c|bcd)?", "abcd")
@example("(?:(a)|b)+", "ab")
@example("(a*?)(a*)", "aa")
@example("a$", "a\n")
def test_the_automaton_finds_what_the_standard_library_finds(pattern: str, text: str) -> None:
    # Turns of a repetition that match nothing are counted differently, and have no use.
    assume(not empty_turns(parsed(pattern)))
    wanted = re.search(pattern, text)
    found = Automaton(pattern).search(text)
    assert (found is None) == (wanted is None)
    if found is not None and wanted is not None:
        assert (found.start(), found.end(), found.group()) == (*wanted.span(), wanted[0])
        for number in range(1, re.compile(pattern).groups + 1):
            assert found.group(number) == wanted[number]


@settings(max_examples=500)
@given(PATTERNS, TEXTS)
def test_the_automaton_matches_where_the_standard_library_does(pattern: str, text: str) -> None:
    wanted = re.search(pattern, text)
    found = Automaton(pattern).search(text)
    assert (found is None) == (wanted is None)
    if found is not None and wanted is not None:
        assert found.start() == wanted.start()


def test_groups_by_name() -> None:
    found = Automaton(r"(?P<name>\w+?)(?P<year>20\d\d)年|x(?P<none>y)").search("报告：柳村2024年")
    assert found is not None
    assert (found.group("name"), found.group("year"), found.group("none")) == ("柳村", "2024", None)
    assert (found.start("year"), found.end("year")) == (5, 9)


@pytest.mark.parametrize(
    "pattern", [r"(a)\1", "(?i)a", "(?i:a)", "(?=ab)", "(?>a)", "a*+", "(a)?(?(1)b|c)", "((a{90}){90}){2}"]
)
def test_what_the_automaton_cannot_do(pattern: str) -> None:
    with pytest.raises(UnfitError, match=r"\w"):
        Automaton(pattern)


EVIL = [
    "(a+)+b",
    "(a|a)*b",
    "(a|aa)+b",
    "(a|ab|b)*c",
    "(?:a{1,20}){20,}b",
    "((a{0,20}){0,20}){0,20}b",
    "(a?){30}a{30}b",
    "a?" * 30 + "a" * 30 + "b",
    "(a|a)" * 30 + "b",
    "(aa|a)" * 30 + "b",
    ".*.*.*.*.*b",
    "(.*)(.*)(.*)(.*)x",
    r"\w*\s*\w*\s*\w*\s*b",
    "(?:a*a*)*b",
    "(?:a|b|ab|ba|aa)*c",
    "(?:(?:a|b)*(?:a|b)*)*c",
    "^(?:a?a?a?)*$b",
    r"(.*)\1\1b",
    "(?=(a|aa)+b)a",
    "(?!(a|aa)+b)b",
    "(?>(a|aa)+)b",
    "(?:a*+)*b",
    "(?i:(a|A)*)b",
    "(?i)(a|aa)*b",
    r"(a*)*?\1b",
    "(?:(a)|b)*(?(1)c|d)",
    "[ab]*[abc]*[abd]*[abe]*x",
    "(?:ab?){1,19}(?:a?b){1,19}x",
    ".{0,999}.{0,999}.{0,999}x",
]


@pytest.mark.unmeasured
@pytest.mark.parametrize("pattern", EVIL)
@pytest.mark.parametrize(
    "text", ["a" * MAX_TEXT, "ab" * (MAX_TEXT // 2), "a" * 30, "a b" * 40, "aab" * 9], ids=range(5)
)
def test_no_pattern_takes_for_ever(pattern: str, text: str) -> None:
    refused = check_pattern(pattern)
    if refused:
        assert refused[0][0]
        return
    begin = time.perf_counter()
    Pattern(pattern).search(text)
    assert time.perf_counter() - begin < seconds(10)


@pytest.mark.unmeasured
@settings(max_examples=300)
@given(PATTERNS, st.sampled_from("abc1"), st.integers(1, 60))
def test_whatever_is_called_quick_is(pattern: str, char: str, length: int) -> None:
    estimate = effort(pattern)
    if estimate.quick(length):
        begin = time.perf_counter()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.search(pattern, char * length + "!")
        assert time.perf_counter() - begin < seconds(5)


def test_common_patterns_are_quick() -> None:
    for pattern in (r"([^，。]*?)(20\d\d)年(度)?", "^国家", "(镇|乡|街道)(人民政府|办事处)?$", r"(\d+)件", ".*报告"):
        assert effort(pattern).quick(MAX_TEXT), pattern


def test_long_texts_are_cut() -> None:
    assert Pattern("b").search("a" * MAX_TEXT + "b") is None
    assert Pattern("b$").search("a" * (MAX_TEXT - 1) + "b") is not None


def test_what_must_stand_in_a_match_is_looked_for_first() -> None:
    pattern = Pattern(".*.*.*报告(a|b)")
    assert pattern.search("年" * 900) is None
    found = pattern.search("年" * 900 + "报告a")
    assert found is not None
    assert found.group(1) == "a"
