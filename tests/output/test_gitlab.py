"""The format ``gitlab``: what GitLab's Code Quality asks for."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from gklint.findings import Severity
from gklint.output.gitlab import render
from tests.output.samples import FINDINGS, context, finding

# As GitLab's page on Code Quality describes a report.
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": "^(\\./|/)"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


@pytest.fixture(autouse=True)
def _no_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)


def read(findings: Any = FINDINGS, **options: Any) -> Any:
    text = "".join(render(findings, context(**options)))
    assert not text.startswith("\ufeff")
    report = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    return report


def test_an_issue() -> None:
    issue = read()[1]
    assert issue.pop("fingerprint")
    assert issue == {
        "description": "GK401: “自然人”列合计应为 73，写成 74",
        "check_name": "GK401",
        "severity": "major",
        "location": {"path": "报告/云山 2024.md", "lines": {"begin": 7, "end": 7}},
    }


def test_severities() -> None:
    found = read([finding(severity=severity, line=severity) for severity in Severity])
    assert [issue["severity"] for issue in found] == ["info", "minor", "major"]


def test_the_same_finding_in_two_files_has_two_fingerprints() -> None:
    issues = read([finding(path="a.md"), finding(path="a.md"), finding(path="b.md")], sources={})
    assert len({issue["fingerprint"] for issue in issues}) == 3


def test_paths_are_those_in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI_PROJECT_DIR", "/srv")
    assert read([finding(path="报告/a.md")], sources={})[0]["location"]["path"] == "drafts/报告/a.md"
    monkeypatch.setenv("CI_PROJECT_DIR", "/builds/else")
    assert read([finding(path="a.md")], sources={})[0]["location"]["path"] == "a.md"


def test_nothing_wrong_is_an_empty_report() -> None:
    assert read([]) == []
