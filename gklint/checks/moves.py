"""The edits that put a section where the form has it: its lines taken out, and put in before what follows it."""

from __future__ import annotations

from gklint.binding.model import BoundReport, BoundSection
from gklint.documents.model import Span
from gklint.documents.stretch import begins_line, is_whole
from gklint.findings import Edit


def move_section(report: BoundReport, section: BoundSection) -> tuple[Edit, ...]:
    """The edits that move a section in its place; none unless it is certain what belongs to it and where it goes.

    A heading that is damaged or stands there twice, or lines that hold the beginning or the end of something larger,
    leave that uncertain.
    """
    found = [other for other in report.sections if other.heading is not None]
    if any(other.repeats or not _sure(report, other) for other in found):
        return ()
    order = sorted(_line(other) for other in found)
    if len(set(order)) != len(order):
        return ()
    after = report.sections[report.sections.index(section) + 1 :]
    following = next((other for other in after if other.heading is not None and not other.moved), None)
    source = report.source
    start = source.starts[_line(section) - 1]
    later = [line for line in order if line > _line(section)]
    end = source.starts[later[0] - 1] if later else len(source.text)
    target = source.starts[_line(following) - 1] if following is not None else len(source.text)
    if start <= target <= end:
        return ()
    text = source.text[start:end]
    if not is_whole(text, report.format):
        return ()
    line_end = source.line_end(_line(section))
    before = source.text[:start]
    gap = len(before) - len(before.rstrip("\r\n"))
    blanks = max(gap // len(line_end) - 1, 0)
    if not later:
        # What was at the end of the text needs the blank lines behind it that were in front of it.
        text = text.rstrip("\r\n") + line_end * (1 + blanks)
        start -= blanks * len(line_end)
    if following is None:
        rest = source.text.rstrip("\r\n")
        have = (len(source.text) - len(rest)) // len(line_end)
        text = line_end * max(1 + blanks - have, 0) + text.rstrip("\r\n") + line_end
    return (
        Edit(Span(*source.place(start), *source.place(end)), "", safe=False),
        Edit(Span(*source.place(target), *source.place(target)), text, safe=False),
    )


def _sure(report: BoundReport, section: BoundSection) -> bool:
    return section.title_right and section.heading is not None and begins_line(report.source, section.heading)


def _line(section: BoundSection) -> int:
    assert section.heading is not None
    return section.heading.line
