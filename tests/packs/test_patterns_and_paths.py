"""Regular expressions that can be trusted, paths that stand for rows and columns, and names that are near."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gklint.packs.model import Label, Node
from gklint.packs.nearest import did_you_mean, listing, nearest
from gklint.packs.paths import expand, find, index_nodes, leaves_under
from gklint.packs.patterns import check_pattern


class TestPatterns:
    @pytest.mark.parametrize(
        "pattern",
        [
            "^国家",
            "(镇|乡|街道)(人民政府|办事处)?$",
            r"([^，。]*?)(20\d\d)年(度)?",
            "(?:ab)+",
            "([^，]+，)*",
            r"(\d+，)+",
            "(a?)*",
            "(?:a{2,5}b?)*",
            r"(?P<n>\d)件(?P=n)",
            "(b+a)+",
            "([^x]+x)+",
            "((?:a|b)+c)+",
            r"((?:\b\d)+，)+",
        ],
    )
    def test_fine(self, pattern: str) -> None:
        assert check_pattern(pattern) == []

    @pytest.mark.parametrize(
        "pattern",
        [
            "(a+)+",
            "(a*)*b",
            "(?:a|b+)*",
            "(.+，)*",
            "((a+)b?)+",
            "(a{1,100}){1,100}",
            r"(\w+\s*)+",
            r"(\d+[^\d])+",
            "x(?=(a+)+)",
            "(?:x|(?:(a+)+))",
            "((?:a+|b)+c?)+",
            "(a+a)+",
            "([^x]+a)+",
            "([a-c]+b)+",
            "((?:ab)+b)+",
            "((?:a|b)+b)+",
            "(.+a)+",
            "([a-c]+[^d]*x)+x",
        ],
    )
    def test_exploding(self, pattern: str) -> None:
        assert [message[:32] for message, _ in check_pattern(pattern)] == ["a repetition inside a repetition"]

    def test_other_mistakes(self) -> None:
        assert check_pattern("a(b") == [("not a regular expression: missing ), unterminated subpattern", 1)]
        assert check_pattern("*") == [("not a regular expression: nothing to repeat", 0)]
        assert check_pattern("ab", group=True)[0][0].startswith("the regular expression needs a group")
        assert check_pattern("a" * 2001) == [
            ("a regular expression of 2001 characters; at most 2000 are allowed", None)
        ]
        assert check_pattern("[[a]")[0][0].startswith("a regular expression that may mean another thing than it seems")
        assert "nested too deeply" in check_pattern("(" * 900 + ")" * 900)[0][0]

    @given(st.text(alphabet="ab()[]{}*+?|^$\\.dw-0123,:=!<>P", max_size=15))
    def test_any_text_is_judged(self, pattern: str) -> None:
        check_pattern(pattern)


def node(path: str, *children: Node) -> Node:
    return Node(path.rsplit(".", 1)[-1], path, Label(path), children)


TREE = (
    node("a"),
    node("b", node("b.x"), node("b.y", node("b.y.p"), node("b.y.q")), node("b.z")),
    node("c", node("c.d", node("c.d.e"))),
)


class TestPaths:
    @pytest.mark.parametrize(
        ("path", "paths"),
        [
            ("a", ["a"]),
            ("b.y.q", ["b.y.q"]),
            ("b", []),
            ("b.nothing", []),
            ("b.*", ["b.x", "b.z"]),
            ("b.**", ["b.x", "b.y.p", "b.y.q", "b.z"]),
            ("c.*", []),
            ("c.**", ["c.d.e"]),
            ("a.*", []),
            ("nothing.*", []),
            ("*", ["a"]),
            ("**", ["a", "b.x", "b.y.p", "b.y.q", "b.z", "c.d.e"]),
        ],
    )
    def test_expand(self, path: str, paths: list[str]) -> None:
        assert [one.path for one in expand(path, TREE)] == paths

    def test_find_and_index(self) -> None:
        assert [path for path in index_nodes(TREE) if find(path, TREE) is not index_nodes(TREE)[path]] == []
        assert find("b.y.r", TREE) is None

    def test_leaves_under(self) -> None:
        assert [one.path for one in leaves_under(["c", "b.y", "b.y.p", "b.*"], TREE)] == [
            "c.d.e",
            "b.y.p",
            "b.y.q",
            "b.x",
            "b.z",
        ]


class TestNearest:
    @pytest.mark.parametrize(
        ("name", "names", "near"),
        [
            ("colums", ["columns", "rows"], "columns"),
            ("diff", ["difference", "equation"], "difference"),
            ("total", ["outcome.total", "received"], "outcome.total"),
            ("x", ["one.x", "another.x"], None),
            ("result.total", ["outcome.total", "received"], "outcome.total"),
            ("新收申请", ["新收申请数", "结转"], "新收申请数"),
            ("zzz", ["columns"], None),
            ("", ["a"], None),
        ],
    )
    def test_nearest(self, name: str, names: list[str], near: str | None) -> None:
        assert nearest(name, names) == near
        assert did_you_mean(name, names) == (f"; did you mean {near!r}?" if near else "")

    def test_listing(self) -> None:
        assert listing(["a", "b"]) == "a, b"
        assert listing("abcdef", 3) == "a, b, c, … (6 in all)"
