"""Everything that is known of the findings, for programs; the shape has a version of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gklint.documents.model import Span
from gklint.findings import Finding, Message, Quoting
from gklint.output.context import Context
from gklint.output.fingerprint import fingerprints
from gklint.output.inert import HERE, json_pieces

VERSION = 1
"""Raised when a key is removed or changes its meaning; new keys may come at any time."""


def render(findings: Sequence[Finding], context: Context) -> Iterator[str]:
    """One JSON object.  Lines and columns are 1-based, in code points; an end column is exclusive."""
    summary = context.summary
    report = {
        "version": VERSION,
        "tool": {"name": "gklint", "version": context.version},
        "findings": HERE,
        "summary": {
            "errors": summary.errors,
            "warnings": summary.warnings,
            "infos": summary.infos,
            "files_checked": summary.checked,
            "files_skipped": summary.skipped,
            "fixable": summary.fixable,
            "fixable_unsafe": summary.likely,
            "fixed": summary.fixed,
            "files_fixed": summary.fixed_files,
            "suppressed": summary.suppressed,
        },
    }
    marked = zip(findings, fingerprints(findings, context), strict=True)
    yield from json_pieces(report, (record(finding, mark, context) for finding, mark in marked))


def record(finding: Finding, fingerprint: str, context: Context) -> dict[str, Any]:
    """Everything that is known of a finding."""
    lang = context.language(finding)
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.label,
        "path": context.path(finding.path),
        **_place(finding.span),
        **_texts(finding.message, lang),
        "equation": None if finding.equation is None else finding.equation.in_language(lang),
        "related": [{**_place(related.span), **_texts(related.message, lang)} for related in finding.related],
        "edits": [{**_place(edit.span), "replacement": edit.replacement, "safe": edit.safe} for edit in finding.edits],
        "address": list(finding.address),
        "pack": finding.pack,
        "fingerprint": fingerprint,
    }


def _place(span: Span) -> dict[str, int]:
    return {"line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}


def _texts(message: Message | Quoting, lang: str) -> dict[str, Any]:
    return {"message": message.in_language(lang), "messages": {"zh": message.zh, "en": message.en}}
