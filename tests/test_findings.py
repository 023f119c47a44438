"""Findings: the order in which they are shown, and messages that are put together when they are asked for."""

from __future__ import annotations

import json
import pickle
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gklint.documents.model import Span
from gklint.findings import Finding, Message, Quoting, Severity, put_in_order, same_line, sort_key

ROW = Message("“{}”不是格式规定的行", "“{}” is not a row of the form")


def _finding(path: str, line: int, column: int, code: str, message: Message | Quoting) -> Finding:
    return Finding(code, "name", Severity.ERROR, path, Span(line, column, line, column + 1), message)


FINDINGS = st.lists(
    st.builds(
        _finding,
        st.sampled_from(["a.md", "b.md"]),
        st.integers(1, 4),
        st.integers(1, 3),
        st.sampled_from(["GK201", "GK203"]),
        st.sampled_from([Message("甲", "a"), Message("甲", "b"), Quoting(ROW, "甲"), Quoting(ROW, "乙")]),
    ),
    max_size=30,
)


@given(FINDINGS)
def test_the_order_is_that_of_the_keys_and_of_equal_ones_that_in_which_they_came(findings: list[Finding]) -> None:
    wanted = sorted(findings, key=sort_key)
    put_in_order(findings)
    assert list(map(id, findings)) == list(map(id, wanted))


@given(FINDINGS)
def test_the_findings_of_a_line_are_one_stretch(findings: list[Finding]) -> None:
    put_in_order(findings)
    joined = {number for start, end in same_line(findings) for number in range(start + 1, end)}
    for number, (one, other) in enumerate(pairwise(findings), 1):
        assert (number in joined) == ((one.path, one.span.line) == (other.path, other.span.line))


def test_a_message_about_a_word_is_like_any_other() -> None:
    quoting, plain = Quoting(ROW, "{杂粮}"), Message("“{杂粮}”不是格式规定的行", "“{杂粮}” is not a row of the form")
    assert quoting == plain
    assert plain == quoting
    assert hash(quoting) == hash(plain)
    assert (quoting.zh, quoting.en) == tuple(quoting) == plain
    assert [quoting.in_language(lang) for lang in ("zh-CN", "en")] == list(plain)
    assert pickle.loads(pickle.dumps(quoting)) == plain
    assert json.dumps([*quoting]) == json.dumps(plain)
    assert quoting != Quoting(ROW, "杂粮")
    assert quoting != tuple(plain)
