"""Findings: what is wrong, where, how badly, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from gklint.documents.model import Span
from gklint.records import dataclass, field


class Severity(IntEnum):
    """How bad a finding is; comparable, the worst is the largest."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        return self.name.lower()


class Message(NamedTuple):
    """One text in each language that gklint speaks."""

    zh: str
    en: str

    def in_language(self, lang: str) -> str:
        """The text in ``lang`` (``zh`` or ``en``); Chinese for ``zh-CN`` and the like, English for any other."""
        return self.zh if lang.startswith("zh") else self.en


class Quoting:
    """A message about a word of the report, put together when it is asked for: there may be very many that differ in
    nothing else.

    ``{}`` in ``pattern`` is where the word goes: a text or, so that it takes up no memory of its own, what stands in
    one of the source's ``lines``, as they are kept in any case.
    """

    __slots__ = ("_lines", "_place", "pattern")

    def __init__(self, pattern: Message, place: str | Span, lines: Sequence[str] = ()) -> None:
        self.pattern = pattern
        self._place = place
        self._lines = lines

    @property
    def word(self) -> str:
        place = self._place
        if isinstance(place, str):
            return place
        return self._lines[place.line - 1][place.column - 1 : place.end_column - 1]

    @property
    def zh(self) -> str:
        return self.pattern.zh.format(self.word)

    @property
    def en(self) -> str:
        return self.pattern.en.format(self.word)

    def in_language(self, lang: str) -> str:
        """As `Message.in_language`."""
        return self.pattern.in_language(lang).format(self.word)

    def __iter__(self) -> Iterator[str]:
        yield self.zh
        yield self.en

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message | Quoting) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __reduce__(self) -> tuple[type[Quoting], tuple[Message, str]]:
        return Quoting, (self.pattern, self.word)

    def __repr__(self) -> str:
        return f"Quoting({self.pattern!r}, {self.word!r})"


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to a finding: a cell of the identity, the first of two duplicates."""

    span: Span
    message: Message


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the source: ``span`` (zero-width to insert) becomes ``replacement``.

    ``safe`` says that the edit is proven or purely formal; any other is only likely.
    """

    span: Span
    replacement: str
    safe: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in one file.

    ``span`` is on one line, the line to edit.  ``address`` says in words of the report where that is (section, table,
    row, column), for forms without lines.
    """

    code: str
    name: str
    severity: Severity
    path: str
    span: Span
    message: Message | Quoting
    related: tuple[Related, ...] = ()
    edits: tuple[Edit, ...] = ()
    pack: str | None = None
    address: tuple[str, ...] = ()
    equation: Message | None = None
    """A broken identity written out with its numbers (``72 + 1 = 73 ≠ 74``); None for any other finding."""


class Suppressed(NamedTuple):
    """A finding that is not shown: ``by`` is ``comment``, ``configuration`` or ``baseline``; the reason may be
    empty."""

    finding: Finding
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known of a code before any file is read: the catalogue entry behind ``gklint rule`` and the docs."""

    code: str
    name: str
    severity: Severity
    summary: Message
    explanation: Message
    fixable: str = "no"
    """``safe``, ``unsafe``, ``both`` or ``no``."""
    example: Message | None = field(default=None)


def put_in_order(findings: list[Finding]) -> None:
    """Sort findings by `sort_key`, without a key for each of them at the same time: they may be very many."""
    findings.sort(key=_line)
    findings.sort(key=_path)
    for start, end in same_line(findings):
        findings[start:end] = sorted(findings[start:end], key=sort_key)


def same_line(findings: list[Finding]) -> Iterator[tuple[int, int]]:
    """Where stretches of several findings of one line begin and end, in findings that are in the order of lines."""
    start = 0
    path, line = "", 0
    for number, finding in enumerate(findings):
        if finding.span.line != line or finding.path != path:
            if number - start > 1:
                yield start, number
            start, path, line = number, finding.path, finding.span.line
    if len(findings) - start > 1:
        yield start, len(findings)


def _line(finding: Finding) -> int:
    return finding.span.line


def _path(finding: Finding) -> str:
    return finding.path


def sort_key(finding: Finding) -> tuple[str, int, int, str, str]:
    """The order in which findings are shown: by file, then by place, then by code."""
    return (finding.path, finding.span.line, finding.span.column, finding.code, finding.message.zh)
