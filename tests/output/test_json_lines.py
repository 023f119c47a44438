"""The format ``json-lines``: what ``json`` says of a finding, a line each."""

from __future__ import annotations

import json

from gklint.output import json as whole
from gklint.output.json_lines import render
from tests.output.samples import FINDINGS, context


def test_each_finding_is_a_line_with_the_keys_of_json() -> None:
    lines = "".join(render(FINDINGS, context())).split("\n")
    assert lines.pop() == ""
    report = json.loads("".join(whole.render(FINDINGS, context())))
    assert [json.loads(line) for line in lines] == report["findings"]


def test_no_findings() -> None:
    assert "".join(render([], context([]))) == ""
