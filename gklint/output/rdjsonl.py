"""The Reviewdog Diagnostic Format, one finding a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gklint.documents.model import Span
from gklint.documents.source import Source
from gklint.findings import Edit, Finding
from gklint.output.context import Context
from gklint.output.inert import json_text
from gklint.output.words import message, span_in

SOURCE = {"name": "gklint"}


def render(findings: Sequence[Finding], context: Context) -> Iterator[str]:
    """One JSON object a line."""
    for finding in findings:
        yield json_text({**diagnostic(finding, context), "source": SOURCE})


def diagnostic(finding: Finding, context: Context) -> dict[str, Any]:
    """A finding as that format has it.  Columns count the bytes of UTF-8, whatever the file is written in."""
    source = context.sources.get(finding.path)
    lang = context.language(finding)
    text = message(finding, context)
    if finding.equation is not None:
        text += "\n" + finding.equation.in_language(lang)
    path = context.path(finding.path)
    shown: dict[str, Any] = {
        "message": text,
        "location": {"path": path, "range": _range(finding.span, source)},
        "severity": finding.severity.name,
        "code": {"value": finding.code},
    }
    suggestion = _suggestion(finding.edits, source)
    if suggestion is not None:
        shown["suggestions"] = [suggestion]
    if finding.related:
        shown["related_locations"] = [
            {
                "message": related.message.in_language(lang),
                "location": {"path": path, "range": _range(related.span, source)},
            }
            for related in finding.related
        ]
    return shown


def _range(span: Span, source: Source | None) -> dict[str, Any]:
    if source is None:
        # How many bytes come before a column is not known.
        return {"start": {"line": span.line}}
    span = span_in("bytes", source, span)
    return {
        "start": {"line": span.line, "column": span.column},
        "end": {"line": span.end_line, "column": span.end_column},
    }


def _suggestion(edits: Sequence[Edit], source: Source | None) -> dict[str, Any] | None:
    """The edits as one, from the first to the last with the text in between: half of a repair is none."""
    if not edits or source is None:
        return None
    ordered = sorted(edits, key=lambda edit: edit.span)
    first, last = ordered[0].span, max(edit.span[2:] for edit in ordered)
    pieces: list[str] = []
    at = source.offset(first.line, first.column)
    for edit in ordered:
        start = source.offset(edit.span.line, edit.span.column)
        if start < at:
            return None
        pieces += [source.text[at:start], edit.replacement]
        at = source.offset(edit.span.end_line, edit.span.end_column)
    text = "".join(pieces).replace("\r\n", "\n").replace("\r", "\n")
    return {"range": _range(Span(first.line, first.column, *last), source), "text": text}
