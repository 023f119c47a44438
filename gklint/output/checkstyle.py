"""The XML of Checkstyle, which Jenkins, reviewdog and many others read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from gklint.findings import Finding
from gklint.output.context import Context
from gklint.output.words import message, xml

VERSION = "4.3"
"""The version of Checkstyle whose output this is; its readers ask for one and none looks at it."""


def render(findings: Sequence[Finding], context: Context) -> Iterator[str]:
    """One document, an element for each file with findings."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<checkstyle version="{VERSION}">\n'
    for path, group in groupby(findings, lambda finding: finding.path):
        yield f'  <file name="{xml(context.path(path))}">\n'
        for finding in group:
            yield (
                f'    <error line="{finding.span.line}" column="{finding.span.column}" '
                f'severity="{finding.severity.label}" message="{xml(message(finding, context))}" '
                f'source="gklint.{xml(finding.code)}"/>\n'
            )
        yield "  </file>\n"
    yield "</checkstyle>\n"
