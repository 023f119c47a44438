"""Workflow commands that GitHub Actions shows as annotations on the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gklint.findings import Finding, Message, Severity
from gklint.output.cells import harmless, plain
from gklint.output.concise import line as concise_line
from gklint.output.context import Context
from gklint.output.style import Style

SHOWN = 10
"""Annotations of one level that GitHub shows of a step; it drops any further ones without a word."""

MESSAGE_LIMIT = 4000
"""Characters of a message; GitHub cuts off what is beyond 4096."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_REST = Message(
    "GitHub 每级最多显示 {limit} 条注释，其余 {count} 条（错误 {errors}，警告 {warnings}，提示 {infos}）"
    "见本步骤的日志。",
    "GitHub shows {limit} annotations of a level; the other {count} (errors: {errors}, warnings: {warnings}, "
    "infos: {infos}) are in the log of this step.",
)


def render(findings: Sequence[Finding], context: Context) -> Iterator[str]:
    """Annotations, the worst first, as many of a level as GitHub shows; the others as plain lines of the log."""
    shown, rest = _split(findings)
    for finding in shown:
        yield _annotation(finding, context)
    if not rest:
        return
    counts = {severity: sum(finding.severity is severity for finding in rest) for severity in Severity}
    text = context.say(_REST).format(
        limit=SHOWN,
        count=len(rest),
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        infos=counts[Severity.INFO],
    )
    yield f"::notice title=gklint::{_message(text)}\n"
    style = Style(False)
    for finding in rest:
        yield concise_line(finding, context, style) + "\n"


def _split(findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """The findings to annotate, by severity, and the rest.  If there is a rest, its notice takes one place."""
    levels = {severity: [finding for finding in findings if finding.severity is severity] for severity in Severity}
    over = any(len(level) > SHOWN for level in levels.values())
    shown: list[Finding] = []
    rest: list[Finding] = []
    for severity in sorted(levels, reverse=True):
        limit = SHOWN - 1 if over and severity is Severity.INFO else SHOWN
        shown += levels[severity][:limit]
        rest += levels[severity][limit:]
    return shown, rest


def _annotation(finding: Finding, context: Context) -> str:
    lang = context.language(finding)
    text = plain(finding.message.in_language(lang))
    if finding.equation is not None:
        text = "\n".join([text, *map(plain, finding.equation.in_language(lang).split("\n"))])
    if len(text) > MESSAGE_LIMIT:
        text = text[:MESSAGE_LIMIT] + "…"
    span = finding.span
    properties = {"file": harmless(context.path(finding.path)), "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:
        # GitHub drops the columns of what goes over several lines, and any range that ends before it begins.
        properties |= {"col": span.column, "endColumn": max(span.end_column, span.column)}
    properties["title"] = f"{finding.code} {finding.name}"
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {listed}::{_message(text)}\n"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
