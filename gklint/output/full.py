"""Each finding with its line of the source, the place marked, and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gklint.findings import Finding, Message, Severity
from gklint.output.cells import char_cells, plain, plain_path
from gklint.output.context import Context
from gklint.output.frame import frame
from gklint.output.style import Style

RELATED_SHOWN = 24
"""Related places that are listed of one finding; of more it is said how many there are."""

SEVERITIES = {
    Severity.ERROR: Message("错误", "error"),
    Severity.WARNING: Message("警告", "warning"),
    Severity.INFO: Message("提示", "info"),
}
_BAR = "│"
_MORE = Message("另有 {count} 处", "{count} more places")
_LEARN = Message("查看某一代码的说明：gklint rule {code}", "To read what a code means: gklint rule {code}")


def render(findings: Sequence[Finding], context: Context) -> Iterator[str]:
    """A block for each finding, then how to learn more and the numbers of the run."""
    style = Style(context.color)
    for finding in findings:
        yield _block(finding, context, style)
    if findings and not context.quiet:
        worst = max(findings, key=lambda finding: finding.severity)
        yield style.faint(context.say(_LEARN).format(code=worst.code)) + "\n"
    if not context.quiet:
        sentence = context.say(context.summary.sentence())
        yield (style.bold(sentence) if findings else style.good(sentence)) + "\n"


def _block(finding: Finding, context: Context, style: Style) -> str:
    lang = context.language(finding)
    place = f"{plain_path(context.path(finding.path))}:{finding.span.line}:{finding.span.column}:"
    severity = style.severity(SEVERITIES[finding.severity].in_language(lang), finding.severity)
    code = style.severity(f"{finding.code}[{plain(finding.name)}]", finding.severity)
    lines = [f"{style.bold(place)} {severity} {code}{_fixable(finding)} {plain(finding.message.in_language(lang))}"]

    source = context.line(finding.path, finding.span.line)
    numbers = [finding.span.line, *(related.span.line for related in finding.related[:RELATED_SHOWN])]
    gutter = max(len(str(number)) for number in numbers) + 1
    bar = style.faint(_BAR)
    if source is not None:
        width = max(context.width - gutter - 2 - char_cells(_BAR, context.ambiguous), 20)
        end = finding.span.end_column if finding.span.end_line == finding.span.line else len(source) + 1
        drawn = frame(source, finding.span.column - 1, end - 1, width, context.ambiguous)
        marks = style.severity("^" * drawn.length, finding.severity)
        lines.append(f"{style.faint(str(finding.span.line).rjust(gutter))} {bar} {drawn.text}".rstrip())
        lines.append(f"{' ' * gutter} {bar} {' ' * drawn.start}{marks}")
    if finding.equation is not None:
        for equation in finding.equation.in_language(lang).split("\n"):
            lines.append(f"{' ' * gutter} {style.bold('=')} {plain(equation)}")
    for related in finding.related[:RELATED_SHOWN]:
        number = style.faint(str(related.span.line).rjust(gutter))
        lines.append(f"{number}{style.faint(':')} {plain(related.message.in_language(lang))}")
    left = len(finding.related) - RELATED_SHOWN
    if left > 0:
        lines.append(f"{' ' * gutter}  {_MORE.in_language(lang).format(count=left)}")
    return "\n".join(lines) + "\n\n"


def _fixable(finding: Finding) -> str:
    """A mark for what ``--fix`` mends, another for what needs ``--unsafe-fixes``."""
    if not finding.edits:
        return ""
    return " [*]" if all(edit.safe for edit in finding.edits) else " [~]"
