"""The format ``checkstyle``: read as reviewdog and Jenkins read it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from gklint.findings import Finding, Severity
from gklint.output.checkstyle import render
from tests.output.samples import FINDINGS, context, finding


class Read(NamedTuple):
    path: str
    line: int
    column: int
    severity: str
    message: str
    source: str


def read(findings: list[Finding]) -> list[Read]:
    """The findings as reviewdog's parser takes them: by these elements and attributes and no others."""
    root = ET.fromstring("".join(render(findings, context())))
    assert root.tag == "checkstyle"
    assert root.attrib == {"version": "4.3"}
    found = []
    for file in root:
        assert file.tag == "file"
        assert set(file.attrib) == {"name"}
        for error in file:
            assert error.tag == "error"
            assert set(error.attrib) == {"line", "column", "severity", "message", "source"}
            values = error.attrib
            place = int(values["line"]), int(values["column"])
            found.append(Read(file.attrib["name"], *place, values["severity"], values["message"], values["source"]))
    return found


def test_findings() -> None:
    path = "报告/云山 2024.md"
    assert read(FINDINGS) == [
        (path, 1, 3, "info", "标题的写法", "gklint.GK102"),
        (path, 7, 8, "error", "“自然人”列合计应为 73，写成 74", "gklint.GK401"),
        (path, 7, 13, "warning", "空格应填 0", "gklint.GK301"),
    ]


def test_severities_are_those_of_checkstyle() -> None:
    found = read([finding(severity=severity, line=severity) for severity in Severity])
    assert {entry.severity for entry in found} <= {"ignore", "info", "warning", "error"}


def test_no_findings() -> None:
    assert read([]) == []


@given(st.text(max_size=40).filter(str.isprintable), st.sampled_from(["a&b.md", 'q"<>.md', "值 1.md", "c:\\d.md"]))
def test_texts_come_back_as_they_were(message: str, path: str) -> None:
    [only] = read([finding(path=path, text=message)])
    allowed = "".join("\ufffd" if char in "\ufffe\uffff" else char for char in message)
    assert (only.path, only.message) == (path, allowed)
