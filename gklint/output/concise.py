"""One line for each finding: ``path:line:col: CODE message``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gklint.findings import Finding
from gklint.output.cells import plain, plain_path
from gklint.output.context import Context
from gklint.output.style import Style
from gklint.output.words import column_in


def render(findings: Sequence[Finding], context: Context) -> Iterator[str]:
    """Exactly one line for each finding, whatever is in its path and its message."""
    style = Style(context.color)
    for finding in findings:
        yield line(finding, context, style) + "\n"


def line(finding: Finding, context: Context, style: Style) -> str:
    """A finding as one line, without the line's end."""
    number, column = finding.span.line, finding.span.column
    column = column_in(context.column_unit, context.sources.get(finding.path), number, column)
    place = f"{plain_path(context.path(finding.path))}:{number}:{column}:"
    message = plain(finding.message.in_language(context.language(finding)))
    return f"{style.bold(place)} {style.severity(finding.code, finding.severity)} {message}"
