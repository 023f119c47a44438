"""The numbered headings below a section: （一）（二）… as far as they are headings and not the middle of a sentence."""

from __future__ import annotations

from gklint.binding.model import SubHeading
from gklint.binding.outline import TextLine
from gklint.numbering import parse_lost

_ENDS = "。；：！？!?:;.…”』」）)】》"
MAX_RUNNING = 30
"""A line of at most this length without closing punctuation may be a heading: text need not have ended before it."""


def find_subheadings(lines: list[TextLine], document_format: str) -> list[SubHeading]:
    """Numbered headings among the lines of one section, in order, with ordinals in brackets.

    A line in the middle of a paragraph that happens to begin with a bracketed number (``（三）项规定``) is none.
    Where an ordinal is damaged so that only a bracket is left, ``number`` is None.
    """
    result: list[SubHeading] = []
    before: TextLine | None = None
    for line in lines:
        if line.cell:
            before = line
            continue
        ordinal = line.ordinal
        if ordinal is not None:
            if ordinal.style.startswith("（") and _begins(line, before, document_format):
                result.append(SubHeading(line.text, ordinal.value, ordinal.style))
        elif (
            result and (lost := parse_lost(line.text.text[:12])) is not None and _begins(line, before, document_format)
        ):
            result.append(SubHeading(line.text, lost.value, lost.style))
        before = line
    return result


def _begins(line: TextLine, before: TextLine | None, document_format: str) -> bool:
    """Whether ``line`` begins a paragraph rather than going on with the line before it."""
    if before is None or line.level or before.level:
        return True
    if document_format != "text" and line.block != before.block:
        return True
    if line.text.line > before.text.span().end_line + 1:
        return True
    text = before.text.text
    return text[-1] in _ENDS or len(text) <= MAX_RUNNING
