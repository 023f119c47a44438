"""The format ``concise``: one line a finding, whatever is in it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from gklint.output.concise import render
from tests.output.samples import FINDINGS, context, finding

LINE = re.compile(r"(?P<path>.+?):(?P<line>\d+):(?P<column>\d+): (?P<code>GK\d{3}) (?P<message>.*)")


def test_lines() -> None:
    assert "".join(render(FINDINGS, context())) == (
        "报告/云山 2024.md:1:3: GK102 标题的写法\n"
        "报告/云山 2024.md:7:8: GK401 “自然人”列合计应为 73，写成 74\n"
        "报告/云山 2024.md:7:13: GK301 空格应填 0\n"
    )


def test_paths_are_relative_to_the_working_folder_where_they_lie_in_it() -> None:
    def shown(path: str) -> str:
        return "".join(render([finding(path=path)], context(cwd="/srv/drafts"))).split(":1:1:")[0]

    assert shown("/srv/drafts/区/a.md") == "区/a.md"
    assert shown("/srv/drafts2/a.md") == "/srv/drafts2/a.md"
    assert shown("./a.md") == "a.md"
    assert shown("../b/a.md") == "../b/a.md"
    assert shown("-") == "-"


@given(st.text(min_size=1, max_size=30), st.text(max_size=30))
def test_every_finding_is_one_line_that_parses(path: str, text: str) -> None:
    found = finding(path="x/" + path, line=12, column=3, text=text)
    [line] = "".join(render([found], context())).split("\n")[:-1]
    assert len(line.splitlines()) == 1
    match = LINE.fullmatch(line)
    assert match
    assert (match["line"], match["column"], match["code"]) == ("12", "3", "GK301") or ":" in path
