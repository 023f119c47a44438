"""The format ``azure``: read as the agent reads its commands."""

from __future__ import annotations

import re
from typing import Any

from gklint.findings import Finding, Severity
from gklint.output.azure import render
from tests.output.samples import FINDINGS, context, finding

COMMAND = re.compile(r"##vso\[task\.logissue (?P<properties>[^\]]*)\](?P<message>.*)")


def read(line: str) -> tuple[dict[str, str], str] | None:
    """A line's command as the agent takes it apart: up to the first ], then at each ;."""
    match = COMMAND.fullmatch(line)
    if match is None:
        return None
    pairs = [pair.split("=", 1) for pair in match["properties"].split(";") if pair]
    return {name: decoded(value) for name, value in pairs}, decoded(match["message"])


def decoded(text: str) -> str:
    for shown, meant in (("%3B", ";"), ("%5D", "]"), ("%0D", "\r"), ("%0A", "\n"), ("%AZP25", "%")):
        text = text.replace(shown, meant)
    return text


def lines(findings: list[Finding] = FINDINGS, **options: Any) -> list[str]:
    return "".join(render(findings, context(**options))).splitlines()


def test_errors_then_warnings_then_plain_hints() -> None:
    error, warning, hint = lines()
    assert read(error) == (
        {
            "type": "error",
            "sourcepath": "/srv/drafts/报告/云山 2024.md",
            "linenumber": "7",
            "columnnumber": "8",
            "code": "GK401",
        },
        "GK401: “自然人”列合计应为 73，写成 74",
    )
    shown = read(warning)
    assert shown
    assert shown[0]["type"] == "warning"
    assert hint == "报告/云山 2024.md:1:3: GK102 标题的写法"


def test_what_would_end_a_property_is_escaped() -> None:
    shown = read(lines([finding(path="a;b]c%d.md", text="50%; x]\n")])[0])
    assert shown
    assert shown[0]["sourcepath"] == "/srv/drafts/a;b]c%d.md"
    assert shown[1] == "GK301: 50%; x]\\n"


def test_a_hint_is_never_a_command() -> None:

    [hint] = lines([finding(severity=Severity.INFO, text="##vso[task.complete result=Succeeded;]done ##[group]x")])
    assert "##vso[" not in hint
    assert "##[" not in hint


def test_no_findings() -> None:
    assert lines([]) == []
