"""What must hold of every finding and every document, whatever the input was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from unittest.mock import patch

from gklint.binding import tokens
from gklint.documents import html_plain
from gklint.documents import source as source_module
from gklint.documents.model import Block, Cell, Document, Gap, Heading, Located, Paragraph, Span
from gklint.documents.source import Source
from gklint.findings import Finding, Severity, sort_key
from gklint.linter import LintResult, lint_source
from gklint.output import FORMATS, renderer
from gklint.output.context import Context, Summary
from gklint.packs.model import Pack

_CODE = re.compile(r"GK\d{3}")
# Controls, and the format characters that turn the direction of writing.
_ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LINE_FORMATS = ("concise", "gnu", "json-lines", "rdjsonl")


class IllFormedError(AssertionError):
    """Something that must hold does not; the message says what."""


def require(holds: bool, what: object) -> None:
    """As an assertion, but no option of the interpreter takes it out."""
    if not holds:
        raise IllFormedError(what)


def check_span(span: Span, source: Source, what: object) -> None:
    """The span lies inside the source, its end not before its beginning."""
    count = len(source.lines)
    require(1 <= span.line <= span.end_line <= count, f"{what}: lines of {span} in a source of {count} lines")
    require(1 <= span.column <= len(source.lines[span.line - 1]) + 1, f"{what}: column of {span}")
    require(1 <= span.end_column <= len(source.lines[span.end_line - 1]) + 1, f"{what}: end column of {span}")
    require((span.line, span.column) <= (span.end_line, span.end_column), f"{what}: {span} ends before it begins")


def check_finding(finding: Finding, source: Source) -> None:
    """A finding has a place on one line, a text in both languages, and edits that can be applied together."""
    require(_CODE.fullmatch(finding.code) is not None and bool(finding.name), finding)
    require(isinstance(finding.severity, Severity), finding)
    require(finding.path == source.path, finding)
    require(bool(finding.message.zh.strip() and finding.message.en.strip()), finding)
    require("\n" not in finding.message.zh + finding.message.en, finding)
    check_span(finding.span, source, finding)
    require(finding.span.line == finding.span.end_line, f"on several lines: {finding}")
    for related in finding.related:
        check_span(related.span, source, finding)
        require(bool(related.message.zh.strip() and related.message.en.strip()), finding)
    changes = []
    for edit in finding.edits:
        check_span(edit.span, source, f"edit of {finding}")
        changes.append((source.offset(*edit.span[:2]), source.offset(*edit.span[2:])))
    changes.sort()
    for before, after in pairwise(changes):
        require(before[1] <= after[0], f"edits overlap: {finding}")


def check_findings(linted: LintResult, source: Source) -> None:
    """All findings are well formed and in order, and none is there twice."""
    require(linted.findings == sorted(linted.findings, key=sort_key), "out of order")
    for finding in (*linted.findings, *(held.finding for held in linted.suppressed)):
        check_finding(finding, source)
    seen: set[object] = set()
    for finding in linted.findings:
        key = (finding.code, finding.span, finding.message)
        require(key not in seen, f"the same finding twice: {finding}")
        seen.add(key)


def check_output(findings: list[Finding], source: Source) -> None:
    """Every format can write the findings, and nothing of the file acts on whoever reads them."""
    context = Context("0", "/", Summary.of(findings, 1, 0), sources={source.path: source}, color=False)
    for name in FORMATS:
        text = "".join(renderer(name)(findings, context))
        active = _ACTIVE.search(text)
        require(active is None, f"{name} passes on {active and active[0]!r}")
        text.encode("utf-8", "backslashreplace")
        if name in _LINE_FORMATS and findings:
            require(text.count("\n") == len(findings), f"{name}: {text.count(chr(10))} lines for {len(findings)}")


def lint_twice(source: Source, packs: list[Pack], format: str | None = None) -> LintResult:
    """Lint a source and hold the result against all of this module, and against a second time."""
    linted = lint_source(source, packs, format)
    check_findings(linted, source)
    check_output(linted.findings, source)
    with as_long():
        again = lint_source(Source.from_text(source.text, source.path, source.encoding, source.bom), packs, format)
        require(again.findings == linted.findings, "a second time, as a long document, gives other findings")
    return linted


@contextmanager
def as_long() -> Iterator[None]:
    """Have any document count as a long one, which is read and bound by ways that keep less in memory."""
    with ExitStack() as stack:
        for module in (source_module, html_plain, tokens):
            stack.enter_context(patch.object(module, "LONG", -1))
        yield


def contents(document: Document) -> list[object]:
    """All of a document that can be told apart."""
    return [document.title and content(document.title), *map(content, document.blocks)]


def content(item: Block | Located | Cell | None) -> object:
    """All of a part of a document that can be told apart."""
    if isinstance(item, Gap):
        return "", item.runs, item.before, item.after, item.spare, item.cover
    if isinstance(item, Located):
        return item.text, item.runs
    if isinstance(item, Heading):
        return item.level, content(item.text)
    if isinstance(item, Paragraph):
        return item.strong, [*map(content, item.lines)]
    if isinstance(item, Cell):
        return item.row, item.column, item.rowspan, item.colspan, item.header, content(item.text)
    return None if item is None else (item.markup, item.span, [[*map(content, row)] for row in item.rows])


def check_located(text: Located, source: Source) -> None:
    """Every character of a text has its place in the source."""
    require(bool(text.runs) and text.runs[0].offset == 0, text)
    for before, after in pairwise(text.runs):
        require(before.offset <= after.offset, text)
    check_span(text.span(), source, text)


def check_document(document: Document) -> None:
    """Every piece of a document lies inside the source, and its grids are grids."""
    source = document.source
    if document.title is not None:
        check_located(document.title, source)
    for block in document.blocks:
        if isinstance(block, Heading):
            check_located(block.text, source)
            require(1 <= block.level <= 6, block)
        elif isinstance(block, Paragraph):
            require(bool(block.lines), block)
            for line in block.lines:
                check_located(line, source)
        else:
            check_span(block.span, source, "table")
            for index, row in enumerate(block.rows):
                for cell in row:
                    if cell is None:
                        continue
                    require(cell.row <= index < cell.row + max(cell.rowspan, 1), cell)
                    require(cell.text.text == cell.text.text.strip(), cell)
                    check_located(cell.text, source)
