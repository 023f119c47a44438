"""JUnit's XML, which nearly every CI server shows as test results: a file is a suite, a finding a failed case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from gklint.findings import Finding
from gklint.output.cells import plain_path
from gklint.output.context import Context
from gklint.output.words import details, message, xml


def render(findings: Sequence[Finding], context: Context) -> Iterator[str]:
    """One document; without findings it holds one case, which has passed, as some servers refuse an empty one.

    Only attributes that the strictest reader, the xUnit plugin of Jenkins, allows: so line and column are in a case's
    name.
    """
    groups = [(path, list(group)) for path, group in groupby(findings, lambda finding: finding.path)]
    count = len(findings)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="gklint" tests="{max(count, 1)}" failures="{count}" errors="0">\n'
    for path, group in groups:
        shown = xml(context.path(path))
        yield f'  <testsuite name="{shown}" tests="{len(group)}" failures="{len(group)}" errors="0" file="{shown}">\n'
        for finding in group:
            yield _case(finding, shown, context)
        yield "  </testsuite>\n"
    if not groups:
        yield '  <testsuite name="gklint" tests="1" failures="0" errors="0">\n'
        yield '    <testcase name="gklint" classname="gklint" time="0"/>\n'
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _case(finding: Finding, path: str, context: Context) -> str:
    span = finding.span
    name = xml(f"{finding.code} {finding.name} {span.line}:{span.column}")
    text = message(finding, context)
    place = f"{plain_path(context.path(finding.path))}:{span.line}:{span.column}: {finding.code} {text}"
    body = "\n".join([place, *details(finding, context)])
    return (
        f'    <testcase name="{name}" classname="{path}" time="0">\n'
        f'      <failure type="{finding.severity.label}" message="{xml(text)}">'
        # A line end between tags needs no reference.
        f"{xml(body).replace('&#10;', chr(10))}</failure>\n"
        "    </testcase>\n"
    )
