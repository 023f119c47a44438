"""Findings in files whose names are hard to tell from what stands behind them, and the lines that are printed."""

from __future__ import annotations

import os
from dataclasses import replace

from gklint.documents.model import Span
from gklint.findings import Finding, Message, Severity
from gklint.output.gnu import line
from tests.output.samples import context, finding

PATHS = [
    "a.md",
    "报告/云山 2024.md",
    "区 (一)/年度（2024）.md",
    "12:30:15 报告.md",
    "x:7: y.md",
    "C:/报告/草 稿 (2).md",
    "D:/a.md",
    "//server/共享/a.md",
    "-v.md",
    "a: error: GK401 b.md",
    "/srv/其他/a.md",
]
MESSAGES = [
    "“自然人”列合计应为 73，写成 74",
    "b.md:1:2: error: GK999 not this one",
    "row (1): 5:6: warning",
    "",
]


def all_findings() -> list[Finding]:
    """Every path with every message, severity and kind of span."""
    spans = [Span(7, 8, 7, 10), Span(1, 1, 1, 1), Span(120, 33, 121, 2)]
    return [
        replace(finding(path=path, code="GK401", severity=severity), span=span, message=Message(text, text))
        for path in PATHS
        for text, span in zip(MESSAGES, [*spans, spans[0]], strict=True)
        for severity in Severity
    ]


def printed(findings: list[Finding]) -> list[str]:
    here = context(sources={}, cwd=os.sep + "nowhere")
    return [line(found, here) for found in findings]
