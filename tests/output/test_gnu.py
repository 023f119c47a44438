"""The format ``gnu``: one line a finding, for problem matchers."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gklint.documents.model import Span
from gklint.documents.source import Source
from gklint.findings import Finding, Message
from gklint.output import concise
from gklint.output.gnu import render
from tests.output.samples import FINDINGS, PATH, context, finding

LINE = re.compile(r"(.+?):(\d+):(\d+)(?:-(\d+))?: (error|warning|info): (GK\d{3}) (.*)")


def test_lines() -> None:
    assert "".join(render(FINDINGS, context())) == (
        "报告/云山 2024.md:1:3-18: info: GK102 标题的写法\n"
        "报告/云山 2024.md:7:8-10: error: GK401 “自然人”列合计应为 73，写成 74\n"
        "报告/云山 2024.md:7:13: warning: GK301 空格应填 0\n"
    )


def test_an_end_on_another_line_is_left_out() -> None:
    long = replace(finding(), span=Span(3, 4, 5, 9))
    assert "".join(render([long], context())) == "报告/云山 2024.md:3:4: error: GK301 x\n"


@pytest.mark.parametrize(("unit", "columns"), [("characters", "3-4"), ("utf16", "4-5"), ("bytes", "8-11")])
def test_columns_count_what_an_editor_counts(unit: str, columns: str) -> None:
    here = context(sources={PATH: Source.from_text("𠀀值数", PATH)})
    here.column_unit = unit
    found = Finding("GK301", "x", finding().severity, PATH, Span(1, 3, 1, 4), Message("x", "x"))
    assert "".join(render([found], here)) == f"{PATH}:1:{columns}: error: GK301 x\n"
    start = columns.split("-")[0]
    assert "".join(concise.render([found], here)) == f"{PATH}:1:{start}: GK301 x\n"


@given(st.text(min_size=1, max_size=30), st.text(max_size=30))
def test_every_finding_is_one_line_that_parses(path: str, text: str) -> None:
    [line] = "".join(render([finding(path="x/" + path, line=12, column=3, text=text)], context())).split("\n")[:-1]
    assert len(line.splitlines()) == 1
    assert LINE.fullmatch(line)
