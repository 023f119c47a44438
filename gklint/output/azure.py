"""Logging commands that Azure Pipelines shows as issues of a run."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from gklint.findings import Finding, Severity
from gklint.output.cells import harmless
from gklint.output.concise import line as concise_line
from gklint.output.context import Context
from gklint.output.style import Style
from gklint.output.words import message

_TYPES = {Severity.ERROR: "error", Severity.WARNING: "warning"}
"""Azure knows no third one; what is only a hint goes to the log as it is."""


def render(findings: Sequence[Finding], context: Context) -> Iterator[str]:
    """A command for each error and warning, the errors first; then a plain line of the log for each hint."""
    for finding in sorted(findings, key=lambda finding: -finding.severity):
        kind = _TYPES.get(finding.severity)
        if kind is not None:
            yield _command(kind, finding, context)
            continue
        yield concise_line(finding, context, Style(False)) + "\n"


def _command(kind: str, finding: Finding, context: Context) -> str:
    properties = {
        "type": kind,
        # The agent turns what lies in the sources into a link; it wants to be told the whole path.
        "sourcepath": harmless(os.path.normpath(os.path.join(context.cwd, finding.path))),
        "linenumber": finding.span.line,
        "columnnumber": finding.span.column,
        "code": finding.code,
    }
    listed = "".join(f"{name}={_property(str(value))};" for name, value in properties.items())
    return f"##vso[task.logissue {listed}]{_data(f'{finding.code}: {message(finding, context)}')}\n"


def _data(text: str) -> str:
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace("]", "%5D").replace(";", "%3B")
