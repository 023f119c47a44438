"""One line for each finding: ``path:line:col: CODE message``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gklint.findings import Finding
from gklint.output.cells import plain
from gklint.output.context import Context
from gklint.output.style import Style


def render(findings: Sequence[Finding], context: Context) -> Iterator[str]:
    """Exactly one line for each finding, whatever is in its path and its message."""
    style = Style(context.color)
    for finding in findings:
        yield line(finding, context, style) + "\n"


def line(finding: Finding, context: Context, style: Style) -> str:
    """A finding as one line, without the line's end."""
    place = f"{plain(context.path(finding.path))}:{finding.span.line}:{finding.span.column}:"
    message = plain(finding.message.in_language(context.language(finding)))
    return f"{style.bold(place)} {style.severity(finding.code, finding.severity)} {message}"
