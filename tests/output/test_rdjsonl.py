"""The format ``rdjsonl``: lines.  What is in them is tested with ``rdjson``."""

from __future__ import annotations

import json

from gklint.output.rdjsonl import render
from tests.output.samples import FINDINGS, context


def test_each_finding_is_a_line_and_says_where_it_comes_from() -> None:
    lines = "".join(render(FINDINGS, context())).split("\n")
    assert lines.pop() == ""
    assert [json.loads(line)["source"]["name"] for line in lines] == ["gklint"] * 3
