"""GK107: the numbered headings within a section, number by number."""

from __future__ import annotations

from collections.abc import Iterator

from gklint.binding.model import BoundReport, BoundSection, SubHeading
from gklint.checks.base import Reporter
from gklint.documents.model import Located, Span
from gklint.findings import Edit, Finding, Message, Related
from gklint.numbering import Ordinal, format_like, parse_lost, parse_ordinal

CODE = "GK107"
MAX_MISSING = 5
"""How many missing numbers a message names."""


def check_subheadings(say: Reporter, section: BoundSection, name: str) -> Iterator[Finding]:
    """The findings about the numbered headings of one section, which messages call ``name``."""
    heads = section.subheadings
    for style in dict.fromkeys(head.style for head in heads):
        own = [head for head in heads if head.style == style or head.number is None]
        yield from _Sequence(say, name, own).findings()


class _Sequence:
    """Numbers of one style in the order of the text: each the one after that before, or the first of a new list.

    ``last`` is the number reached, ``seen`` are the headings of the list so far by number, ``slack`` counts those since
    whose number was there before: the author may have gone on counting with them or without.  ``lost`` are the headings
    since whose number is lost.
    """

    def __init__(self, say: Reporter, name: str, heads: list[SubHeading]) -> None:
        self.say = say
        self.name = name
        self.heads = heads
        self.last = 0
        self.slack = 0
        self.seen: dict[int, SubHeading] = {}
        self.lost: list[SubHeading] = []

    def findings(self) -> Iterator[Finding]:
        before: SubHeading | None = None
        exchanged: SubHeading | None = None
        for position, head in enumerate(self.heads):
            number = head.number
            if head is exchanged:
                before = head
                continue
            if number is None:
                self.lost.append(head)
                continue
            whole = _ordinal(head.text) is not None
            if not whole and number != self.last + 1:
                # A bracket and a numeral that no number is expected to be are the beginning of a word.
                continue
            if self.lost and number == self.last + 1 + len(self.lost):
                yield from self._damaged()
                self._go_on(number, head)
            elif self.last < number <= self.last + 1 + self.slack:
                if not whole:
                    yield self._lost(head, number)
                self._go_on(number, head)
            elif number == 1 and (self.last >= 2 or (before is not None and _new_list(self.say.report, before, head))):
                yield from self._damaged_last()
                self.seen.clear()
                self._go_on(1, head)
            elif number <= self.last:
                self.slack += 1
                yield self._out_of_place(head, number, self.last + self.slack)
            else:
                following = self.heads[position + 1] if position + 1 < len(self.heads) else None
                after = following.number if following is not None else None
                if following is not None and number == self.last + 2 and after == self.last + 1:
                    yield self._exchanged(head, following)
                    self.seen[self.last + 1] = exchanged = following
                    self._go_on(number, head)
                else:
                    # A slip, if the next heading goes on as if this one were right.
                    slip = after == self.last + 2
                    yield self._skipped(head, number, slip=slip)
                    self._go_on(self.last + 1 if slip else number, head)
            before = head
        yield from self._damaged_last()

    def _go_on(self, number: int, head: SubHeading) -> None:
        self.last = number
        self.slack = 0
        self.seen[number] = head
        self.lost.clear()

    def _damaged(self) -> Iterator[Finding]:
        for number, head in enumerate(self.lost, self.last + 1):
            yield self._lost(head, number)

    def _damaged_last(self) -> Iterator[Finding]:
        """The lost numbers at the end of a list: no number that follows proves them, so words must stand behind."""
        self.lost = [head for head in self.lost if _has_words(head.text)]
        if self.last:
            yield from self._damaged()

    def _finding(
        self, span: Span, zh: str, en: str, edits: tuple[Edit, ...], related: tuple[Related, ...] = ()
    ) -> Finding:
        return self.say(CODE, span, zh, en, related=related, edits=edits, address=(self.name,))

    def _lost(self, head: SubHeading, number: int) -> Finding:
        wanted = format_like(number, self.heads[0].style)
        rest = parse_lost(head.text.text[:12])
        return self._finding(
            head.text.span(0, min(12, len(head.text.text))),
            f"小标题的序号残缺，应为“{wanted}”",
            f"the number of this heading is damaged: it should be {wanted}",
            _renumbered(self.say, head.text, rest, wanted),
        )

    def _out_of_place(self, head: SubHeading, number: int, wanted: int) -> Finding:
        written, right = format_like(number, head.style), format_like(wanted, head.style)
        first = self.seen.get(number)
        edits = _renumbered(self.say, head.text, _ordinal(head.text), right)
        if first is None:
            return self._finding(
                _ordinal_span(head.text),
                f"小标题序号“{written}”不连续，应为“{right}”",
                f"the number {written} does not follow: it should be {right}",
                edits,
            )
        return self._finding(
            _ordinal_span(head.text),
            f"小标题序号“{written}”重复，应为“{right}”",
            f"the number {written} is there twice: this one should be {right}",
            edits,
            (Related(_ordinal_span(first.text), Message("前一处", "the first one")),),
        )

    def _exchanged(self, head: SubHeading, following: SubHeading) -> Finding:
        first, second = format_like(self.last + 1, head.style), format_like(self.last + 2, head.style)
        own = _renumbered(self.say, head.text, _ordinal(head.text), first)
        other = _renumbered(self.say, following.text, _ordinal(following.text), second)
        return self._finding(
            _ordinal_span(head.text),
            f"小标题序号“{second}”与其后的“{first}”颠倒",
            f"the number {second} is exchanged with {first} behind it",
            (*own, *other) if own and other else (),
            (Related(_ordinal_span(following.text), Message(f"应为“{second}”", f"should be {second}")),),
        )

    def _skipped(self, head: SubHeading, number: int, *, slip: bool) -> Finding:
        written = format_like(number, head.style)
        wanted = self.last + 1
        right = format_like(wanted, head.style)
        if slip:
            return self._finding(
                _ordinal_span(head.text),
                f"小标题序号“{written}”不连续，应为“{right}”",
                f"the number {written} does not follow: it should be {right}",
                _renumbered(self.say, head.text, _ordinal(head.text), right),
            )
        missing = "".join(format_like(value, head.style) for value in range(wanted, min(number, wanted + MAX_MISSING)))
        return self._finding(
            _ordinal_span(head.text),
            f"小标题序号“{written}”不连续，前面缺少{missing}",
            f"the number {written} does not follow: {missing} is missing before it",
            (),
        )


def _ordinal(text: Located) -> Ordinal | None:
    return parse_ordinal(text.text[:24])


def _has_words(text: Located) -> bool:
    rest = parse_lost(text.text[:12])
    return rest is not None and text.text[rest.length : rest.length + 1].isalnum()


def _new_list(report: BoundReport, before: SubHeading, head: SubHeading) -> bool:
    """Whether a line between two headings announces a new list: a short one without closing punctuation, or with a
    colon."""
    lines = report.source.lines[before.text.line : head.text.line - 1]
    texts = [line.strip() for line in lines if line.strip()]
    return any(text[-1] in "：:" or (len(text) <= 20 and text[-1] not in "。；！？") for text in texts)


def _renumbered(say: Reporter, text: Located, written: Ordinal | None, wanted: str) -> tuple[Edit, ...]:
    """The right number in place of the one written, its brackets as wide as they are."""
    if written is None:
        return ()
    if "(" in written.text or ")" in written.text:
        wanted = wanted.replace("（", "(").replace("）", ")")
    start = text.text.index(written.text)
    return say.writing(text[start : start + len(written.text)], wanted, safe=False)


def _ordinal_span(text: Located) -> Span:
    ordinal = _ordinal(text)
    return text.span(0, len(ordinal.text) if ordinal is not None else min(3, len(text.text)))
