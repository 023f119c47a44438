"""Findings that the text itself asks to leave out, and what is wrong with such comments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from gklint.checks.run import UNKNOWN_SUPPRESSION, UNUSED_SUPPRESSION
from gklint.codes import matching, names_by_code, nearest_word
from gklint.documents.model import Span
from gklint.documents.source import Source
from gklint.findings import Edit, Finding, Message, Rule, Suppressed, put_in_order
from gklint.regex import lazy

if TYPE_CHECKING:
    from gklint.comments import Comment, Word
    from gklint.packs.model import Pack

MARK = "gklint"
_TEXT = lazy(r"\s*+\S")
_META = frozenset({UNUSED_SUPPRESSION.code, UNKNOWN_SUPPRESSION.code})


class Sifted(NamedTuple):
    """The findings that stand, among them those about comments, and those that comments ask to leave out."""

    findings: list[Finding]
    suppressed: list[Suppressed]


def suppress(source: Source, format: str, findings: list[Finding], packs: Iterable[Pack]) -> Sifted:
    """Leave out of a source's findings, which are in order of place as those returned are, those that its comments ask
    to leave out, each credited to the nearest comment.

    A comment without effect is a finding (GK004), one that names a rule that neither the checks nor ``packs`` have, or
    that cannot be understood, another (GK005).
    """
    if MARK not in source.text:
        # What most files come to; a search in a text costs next to nothing.
        return Sifted(findings, [])
    from gklint.comments import comments

    found = comments(source, format)
    if not found:
        return Sifted(findings, [])
    return _Sieve(source, found, names_by_code(packs)).sift(findings)


class _Part(NamedTuple):
    """One rule that a comment names, as a stretch of text in which it is left out."""

    start: int
    end: int
    comment: int
    word: int


class _Sieve:
    def __init__(self, source: Source, found: list[Comment], names: Mapping[str, str]) -> None:
        self._source = source
        self._comments = found
        self._names = names
        self._parts: dict[str, list[_Part]] = {}
        self._first_text: dict[int, int] = {}
        self._used: set[tuple[int, int]] = set()
        self._known: set[tuple[int, int]] = set()

    def sift(self, findings: list[Finding]) -> Sifted:
        problems = self._read()
        left: list[Finding] = []
        suppressed: list[Suppressed] = []
        for finding, part in zip(findings, self._nearest_parts(findings), strict=True):
            if part is None:
                left.append(finding)
                continue
            self._used.add((part.comment, part.word))
            suppressed.append(Suppressed(finding, "comment", self._comments[part.comment].reason))
        left += [*problems, *self._unused()]
        put_in_order(left)
        return Sifted(left, suppressed)

    def _read(self) -> list[Finding]:
        """Take in what the comments name; the findings about what cannot be understood of it."""
        problems: list[Finding] = []
        meanings: dict[str, set[str]] = {}
        for number, comment in enumerate(self._comments):
            if comment.problem is not None:
                message, offset, length = comment.problem
                message = Message(f"忽略注释有误：{message.zh}", f"comment to gklint: {message.en}")
                problems.append(self._finding(UNKNOWN_SUPPRESSION, offset, length, message))
            if comment.scope is None:
                continue
            for index, word in enumerate(comment.words):
                codes = meanings.get(word.text)
                if codes is None:
                    codes = meanings[word.text] = matching(word.text, self._names)
                if not codes:
                    problems.append(self._unknown(word))
                    continue
                self._known.add((number, index))
                for code in codes - _META:
                    self._parts.setdefault(code, []).append(_Part(*comment.scope, number, index))
        for parts in self._parts.values():
            parts.sort(key=lambda part: (part.start, -part.end))
        return problems

    def _nearest_parts(self, findings: list[Finding]) -> list[_Part | None]:
        """For each finding the part around it that begins last, if there is one."""
        found: list[_Part | None] = [None] * len(findings)
        places: dict[str, list[tuple[int, int]]] = {}
        for number, finding in enumerate(findings):
            if finding.code in self._parts and finding.span.line <= len(self._source.lines):
                place = self._source.offset(finding.span.line, finding.span.column)
                places.setdefault(finding.code, []).append((place, number))
        for code, of_code in places.items():
            # Once through the text: what has ended before a place has ended before all later ones.
            parts, begun = self._parts[code], 0
            open_parts: list[_Part] = []
            for place, number in sorted(of_code):
                while begun < len(parts) and parts[begun].start <= place:
                    open_parts.append(parts[begun])
                    begun += 1
                while open_parts and open_parts[-1].end < place:
                    open_parts.pop()
                found[number] = open_parts[-1] if open_parts else None
        return found

    def _unknown(self, word: Word) -> Finding:
        close = nearest_word(word.text, self._names)
        zh = f"，是否应为{close.removeprefix('; did you mean ').rstrip('?')}？" if close else "；理由须用“—”引出"
        message = Message(
            f"忽略注释中没有“{word.text}”这条规则{zh}",
            f"comment to gklint: no rule {word.text!r}{close or '; a reason is set off by —'}",
        )
        return self._finding(UNKNOWN_SUPPRESSION, word.offset, len(word.text), message)

    def _unused(self) -> list[Finding]:
        findings: list[Finding] = []
        unused = self._known - self._used
        for number, comment in enumerate(self._comments):
            idle = (
                [index for index in range(len(comment.words)) if (number, index) in unused]
                if comment.verb != "ignore-end"
                else []
            )
            if not idle:
                continue
            words = [comment.words[index] for index in idle]
            listed = ", ".join(word.text for word in words)
            message = Message(
                f"此处没有 {listed} 的问题可忽略，请删去这一忽略注释",
                f"there is no finding of {listed} to ignore here; remove it from the comment",
            )
            gone = set(idle)
            kept = [word for index, word in enumerate(comment.words) if index not in gone]
            edits = self._without(comment, kept)
            findings.append(self._finding(UNUSED_SUPPRESSION, words[0].offset, len(words[0].text), message, edits))
        return findings

    def _without(self, comment: Comment, kept: list[Word]) -> tuple[Edit, ...]:
        """The edit that leaves of a comment only the rules ``kept``, or nothing."""
        if comment.verb == "ignore-start" or comment.problem is not None:
            return ()  # its end would have to change with it
        source = self._source
        if kept:
            last = comment.words[-1]
            start, end = comment.words[0].offset, last.offset + len(last.text)
            return (Edit(self._span(start, end), ", ".join(word.text for word in kept), safe=True),)
        start, end = comment.start, comment.end
        line, column = source.place(start)
        end_line, end_column = source.place(end)
        alone = self._begins_line(start, line) and not _TEXT.match(source.lines[end_line - 1], end_column - 1)
        if alone and end_line < len(source.lines):
            return (Edit(Span(line, 1, end_line + 1, 1), "", safe=True),)
        return (Edit(Span(line, column, end_line, end_column), "", safe=True),)

    def _begins_line(self, start: int, line: int) -> bool:
        """Whether only blanks stand before an offset on its line."""
        # A line may hold any number of comments: it is looked through once.
        first = self._first_text.get(line)
        if first is None:
            text = self._source.lines[line - 1]
            first = self._first_text[line] = self._source.starts[line - 1] + len(text) - len(text.lstrip())
        return start <= first

    def _span(self, start: int, end: int) -> Span:
        return Span(*self._source.place(start), *self._source.place(end))

    def _finding(self, rule: Rule, offset: int, length: int, message: Message, edits: tuple[Edit, ...] = ()) -> Finding:
        span = self._span(offset, offset + length)
        span = span.first_line(len(self._source.lines[span.line - 1]))
        return Finding(rule.code, rule.name, rule.severity, self._source.path, span, message, edits=edits)
