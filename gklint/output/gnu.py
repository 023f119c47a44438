"""One line for each finding as GNU programs write it, for problem matchers: with its severity and its end.

``path:line:column-end: severity: CODE message``.  Emacs and many other tools read this without being told how.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gklint.findings import Finding
from gklint.output.cells import plain_path
from gklint.output.context import Context
from gklint.output.words import message, span_in


def render(findings: Sequence[Finding], context: Context) -> Iterator[str]:
    """Exactly one line for each finding, whatever is in its path and its message."""
    for finding in findings:
        yield line(finding, context) + "\n"


def line(finding: Finding, context: Context) -> str:
    """A finding as one line, without the line's end; the end column (exclusive) only where it is on the same line."""
    span = span_in(context.column_unit, context.sources.get(finding.path), finding.span)
    end = f"-{span.end_column}" if span.end_line == span.line and span.end_column > span.column else ""
    place = f"{plain_path(context.path(finding.path))}:{span.line}:{span.column}{end}"
    return f"{place}: {finding.severity.label}: {finding.code} {message(finding, context)}"
