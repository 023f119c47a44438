"""The format ``json``: every key of it."""

from __future__ import annotations

import json
from typing import Any

from gklint.output.fingerprint import fingerprints
from gklint.output.json import render
from tests.output.samples import BLANK, FINDINGS, SUM, context


def read(**options: Any) -> Any:
    return json.loads("".join(render(FINDINGS, context(**options))))


def test_a_finding_with_all_its_keys() -> None:
    assert read()["findings"][1] == {
        "code": "GK401",
        "name": "column-sum",
        "severity": "error",
        "path": "报告/云山 2024.md",
        "line": 7,
        "column": 8,
        "end_line": 7,
        "end_column": 10,
        "message": "“自然人”列合计应为 73，写成 74",
        "messages": {"zh": "“自然人”列合计应为 73，写成 74", "en": "column 自然人 comes to 73, not 74"},
        "equation": "72 + 1 = 73 ≠ 74",
        "related": [
            {
                "line": 5,
                "column": 10,
                "end_line": 5,
                "end_column": 12,
                "message": "本年新收 72",
                "messages": {"zh": "本年新收 72", "en": "received 72"},
            },
            {
                "line": 6,
                "column": 10,
                "end_line": 6,
                "end_column": 11,
                "message": "上年结转 1",
                "messages": {"zh": "上年结转 1", "en": "carried in 1"},
            },
        ],
        "edits": [{"line": 7, "column": 8, "end_line": 7, "end_column": 10, "replacement": "73", "safe": False}],
        "address": ["申请", "合计", "自然人"],
        "pack": "demo",
        "fingerprint": next(fingerprints([SUM], context())),
    }


def test_the_run() -> None:
    whole = read(skipped=4)
    assert list(whole) == ["version", "tool", "findings", "summary"]
    assert whole["version"] == 1
    assert whole["tool"] == {"name": "gklint", "version": "0.0.0"}
    counts = {"errors": 1, "warnings": 1, "infos": 1, "files_checked": 1, "files_skipped": 4, "suppressed": 0}
    assert whole["summary"] == {**counts, "fixable": 1, "fixable_unsafe": 1, "fixed": 0, "files_fixed": 0}
    assert [found["code"] for found in whole["findings"]] == ["GK102", "GK401", "GK301"]


def test_the_message_is_in_the_language_asked_for() -> None:
    assert read(lang="en")["findings"][2]["message"] == BLANK.message.en


def test_no_findings() -> None:
    assert json.loads("".join(render([], context([]))))["findings"] == []
