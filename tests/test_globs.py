"""Patterns of paths: they match what they matched, and no name keeps them busy."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from gklint.globs import path_patterns
from tests.patience import seconds

PIECES = st.sampled_from(["a", "b", "ab", "*", "*", "*", "?", "[ab]", "[!b]", "/", "/**/", "**/", "\\*", ".", "!"])
PATTERNS = st.lists(PIECES, min_size=1, max_size=9).map("".join)
PATHS = st.lists(st.text("ab*.", min_size=1, max_size=6), min_size=1, max_size=4).map("/".join)


@settings(max_examples=600)
@given(st.lists(PATTERNS, max_size=3), st.lists(PATHS, max_size=8))
def test_they_match_what_the_patterns_say(lines: list[str], paths: list[str]) -> None:
    try:
        wanted = GitIgnoreSpec.from_lines(lines)
    except ValueError:
        with pytest.raises(ValueError, match=r"."):
            path_patterns(lines)
        return
    if any(line.count("**") > 3 for line in lines):
        return
    for pattern in wanted.patterns:
        if pattern.regex is not None:
            # To the library a bracket may match a slash, to git it never does.
            pattern.regex = re.compile(pattern.regex.pattern.replace("[^b]", "[^/b]"))
    wanted = GitIgnoreSpec(wanted.patterns)
    found = path_patterns(lines)
    for path in paths:
        assert found.match_file(path) == wanted.match_file(path), (lines, path)
        assert found.check_file(path).include == wanted.check_file(path).include, (lines, path)


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("a[!b]a", "aca", True),
        ("a[!b]a", "a/a", False),
        ("a*[!b]*a", "aa/a", False),
        ("a*[!b]*a", "aca", True),
        ("\\[!b]a", "[!b]a", True),
        ("[!]b]", "a", True),
        ("[!]b]", "]", False),
    ],
)
def test_a_bracket_matches_no_slash(pattern: str, path: str, matches: bool) -> None:
    assert path_patterns([pattern]).match_file(path) == matches


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "pattern",
    [
        "*a" * 30 + "b",
        "*a" * 30 + "*",
        "*?" * 30 + "b",
        "*[ab]" * 30 + "c",
        "*[!b]" * 30 + "b",
        "*\\a" * 30 + "b",
        "**a**a" * 15 + "b",
        "*a*a*/" * 10 + "b",
        "a/**/a/**/a/**/b",
    ],
)
@pytest.mark.parametrize(
    "path", ["a" * 255, "/".join(["a" * 40] * 20), "/".join("a" * 100)], ids=["long", "both", "deep"]
)
def test_no_name_keeps_a_pattern_busy(pattern: str, path: str) -> None:
    spec = path_patterns([pattern])
    begin = time.perf_counter()
    spec.match_file(path)
    assert time.perf_counter() - begin < seconds(2)


def test_too_many_levels_are_refused() -> None:
    with pytest.raises(ValueError, match="more than 3"):
        path_patterns(["a/**/b/**/c/**/d/**/e"])
