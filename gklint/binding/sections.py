"""Binding sections: which line of the document is the heading of which section of the form."""

from __future__ import annotations

from collections.abc import Set
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from gklint.binding.align import in_order
from gklint.binding.labels import likeness, spellings
from gklint.binding.model import BoundSection
from gklint.binding.outline import TextLine
from gklint.documents.model import Document, Span
from gklint.numbering import Ordinal, format_like, parse_ordinal
from gklint.packs.model import Pack, SectionSpec
from gklint.records import dataclass
from gklint.regex import lazy

ALIKE = 0.6
"""From this likeness on a line is a section's heading, damaged; from NUMBERED on if its number is right as well."""
NUMBERED = 0.45
MAX_TITLE = 30
"""A line known only by its number must be at most this long to be a heading with a wrong title."""
_SENTENCE = lazy(r"[。；！？;!?]")


@dataclass(slots=True, eq=False)
class _Found:
    spec: SectionSpec
    line: TextLine
    index: int
    """Of the line among the document's lines."""
    exact: bool


class Sections(NamedTuple):
    """The sections of the form in its order, missing ones too; ``heads`` are those that there are in the document's
    order, each with the index of its heading among the document's lines."""

    bound: list[BoundSection]
    heads: list[tuple[int, BoundSection]]


def find_sections(document: Document, pack: Pack, lines: list[TextLine], labels: Set[str]) -> Sections:
    """Bind every section of ``pack``.

    ``labels`` are the folded labels of the pack's tables: a line that is one of those is no heading.
    """
    exact = _exact(pack, lines)
    found: dict[str, _Found] = {}
    repeats: dict[str, list[TextLine]] = {}
    for spec in pack.sections:
        choices = exact.get(spec.id, [])
        if not choices:
            continue
        if len(choices) == 1:
            found[spec.id] = _Found(spec, lines[choices[0]], choices[0], exact=True)
            continue
        best = max(choices, key=lambda index: (_quality(lines[index], spec), -index))
        found[spec.id] = _Found(spec, lines[best], best, exact=True)
        grade = _quality(lines[best], spec)
        repeats[spec.id] = [
            lines[index]
            for index in choices
            if index != best and (_heading_like(lines[index], lines[best]) or _quality(lines[index], spec) == grade > 0)
        ]
    _add_damaged(pack, lines, labels, found)
    _add_by_number(pack, lines, labels, found)
    return _judge(document, pack, found, repeats)


def _exact(pack: Pack, lines: list[TextLine]) -> dict[str, list[int]]:
    """Lines whose text is a section's title, by section; the lines of a table of contents left out."""
    titles = _titles(pack).folded
    hits: list[tuple[int, SectionSpec]] = []
    for index, line in enumerate(lines):
        folded = line.folded
        spec = titles.get(folded) if folded else None
        if spec is None and not line.cell and line.ordinal is not None:
            spec = _run_in(line, pack)
        if spec is not None:
            hits.append((index, spec))
    contents = _contents(hits, len(pack.sections))
    result: dict[str, list[int]] = {}
    for index, spec in hits:
        if index not in contents:
            result.setdefault(spec.id, []).append(index)
    return result


class _Titles(NamedTuple):
    """The titles of a pack's sections: folded with their sections, and as they are by the character that they begin
    with."""

    folded: dict[str, SectionSpec]
    by_first: dict[str, list[tuple[str, SectionSpec]]]


_TITLES: dict[int, tuple[Pack, _Titles]] = {}


def _titles(pack: Pack) -> _Titles:
    """The titles of a pack, worked out once."""
    known = _TITLES.get(id(pack))
    if known is None or known[0] is not pack:
        folded = {text: spec for spec in pack.sections for text in spellings(spec.title)}
        by_first: dict[str, list[tuple[str, SectionSpec]]] = {}
        for spec in pack.sections:
            for text in (spec.title.text, *spec.title.accepts):
                by_first.setdefault(text[:1], []).append((text, spec))
        known = _TITLES[id(pack)] = (pack, _Titles(folded, by_first))
    return known[1]


def _run_in(line: TextLine, pack: Pack) -> SectionSpec | None:
    """The section of a heading whose text goes on in the same line: its number, its title, then a mark or a space."""
    assert line.ordinal is not None
    rest = line.text.text[line.ordinal.length :].lstrip()
    for text, spec in _titles(pack).by_first.get(rest[:1], ()):
        if (
            rest.startswith(text)
            and rest[len(text) : len(text) + 1] in "。：:.　 ，,；;"
            and _number_is(line.ordinal, spec)
        ):
            return spec
    return None


def _contents(hits: list[tuple[int, SectionSpec]], sections: int) -> set[int]:
    """The lines of a table of contents: most titles in a row with nothing between, each standing again further down.

    Where a title is there for the second time the table is over: its sections begin.
    """
    last = {spec.id: number for number, (_, spec) in enumerate(hits)}
    if len(last) == len(hits):
        # None stands again.
        return set()
    start = 0
    while start < len(hits):
        end = start
        listed = {hits[start][1].id}
        while end + 1 < len(hits) and hits[end + 1][0] == hits[end][0] + 1 and hits[end + 1][1].id not in listed:
            end += 1
            listed.add(hits[end][1].id)
        again = [last[spec.id] > end for _, spec in hits[start : end + 1]]
        count = sum(again)
        # What stands right before a table of contents may be taken for a part of it.
        for skipped, length in enumerate(range(len(again), max(2, sections // 2) - 1, -1)):
            if count * 2 > length:
                return {index for index, _ in hits[start + skipped : end + 1]}
            count -= again[skipped]
        start = end + 1
    return set()


def _number_is(ordinal: Ordinal | None, spec: SectionSpec) -> bool:
    wanted = _wanted(spec)
    return ordinal is not None and wanted is not None and ordinal.value == wanted.value


def _wanted(spec: SectionSpec) -> Ordinal | None:
    """The form's number of a section: ``一`` means ``一、``, ``1`` means ``1.``."""
    return _ordinal_of(spec.number) if spec.number is not None else None


@cache
def _ordinal_of(text: str) -> Ordinal | None:
    return parse_ordinal(text) or parse_ordinal(text + "、" if not text.isascii() else text + ".")


def _quality(line: TextLine, spec: SectionSpec) -> int:
    return (
        4 * (line.level > 0) + 2 * (line.ordinal is not None) + _number_is(line.ordinal, spec) + line.strong - line.cell
    )


def _heading_like(line: TextLine, heading: TextLine) -> bool:
    """Whether a line with the same title is a heading as much as ``heading`` is."""
    if line.cell:
        return False
    if heading.level:
        return line.level == heading.level or (line.ordinal is not None and line.level == 0)
    return line.ordinal is not None or (line.strong and heading.strong)


def _add_damaged(pack: Pack, lines: list[TextLine], labels: Set[str], found: dict[str, _Found]) -> None:
    """Sections whose title is damaged: the most alike line that is no table label and no other section's heading."""
    missing = [spec for spec in pack.sections if spec.id not in found]
    if not missing:
        return
    used = {id(entry.line) for entry in found.values()}
    scored: list[tuple[float, int, SectionSpec]] = []
    for index, line in enumerate(lines):
        if line.cell or not line.folded or id(line) in used or _is_label(line, labels):
            continue
        for spec in missing:
            alike = likeness(line.folded, spec.title)
            numbered = _number_is(line.ordinal, spec)
            marked = line.level > 0 or line.ordinal is not None or line.strong
            floor = NUMBERED if numbered else ALIKE if marked else 0.75
            if alike >= floor:
                scored.append((alike + 0.2 * numbered + 0.05 * (line.level > 0), index, spec))
    for _, index, spec in sorted(scored, key=lambda entry: (-entry[0], entry[1])):
        if spec.id not in found and id(lines[index]) not in used:
            found[spec.id] = _Found(spec, lines[index], index, exact=False)
            used.add(id(lines[index]))


def _is_label(line: TextLine, labels: Set[str]) -> bool:
    from gklint.binding.labels import fold

    return fold(line.text.text) in labels or (line.ordinal is None and line.folded in labels)


def _add_by_number(pack: Pack, lines: list[TextLine], labels: Set[str], found: dict[str, _Found]) -> None:
    """Sections of which only the number is left: a short line with it, between the headings before and after."""
    if len(found) == len(pack.sections):
        return
    order = [spec.id for spec in pack.sections]
    used = {id(entry.line) for entry in found.values()}
    headings = [entry.line for entry in found.values()]
    marked = sum(1 for line in headings if line.level) * 2 > len(headings) > 0
    for position, spec in enumerate(pack.sections):
        wanted = _wanted(spec)
        if spec.id in found or wanted is None or len(found) * 2 < len(order) - 1:
            continue
        after = max((found[name].index for name in order[:position] if name in found), default=-1)
        before = min((found[name].index for name in order[position + 1 :] if name in found), default=len(lines))
        for index in range(after + 1, before):
            line = lines[index]
            ordinal = line.ordinal
            if ordinal is None or ordinal.value != wanted.value or ordinal.style != wanted.style:
                continue
            if line.cell or id(line) in used or (marked and not line.level) or not line.folded:
                continue
            if (
                len(line.text.text) <= MAX_TITLE
                and not _SENTENCE.search(line.text.text)
                and not _is_label(line, labels)
            ):
                found[spec.id] = _Found(spec, line, index, exact=False)
                used.add(id(line))
                break


def _judge(document: Document, pack: Pack, found: dict[str, _Found], repeats: dict[str, list[TextLine]]) -> Sections:
    present = [found[spec.id] for spec in pack.sections if spec.id in found]
    kept = in_order([entry.index for entry in present])
    moved = {entry.spec.id for number, entry in enumerate(present) if number not in kept}
    by_place = sorted(present, key=lambda entry: entry.index)
    rank = {entry.spec.id: number for number, entry in enumerate(by_place, 1)}
    sections: list[BoundSection] = []
    heads: list[tuple[int, BoundSection]] = []
    renumbered = bool(moved) or len(present) < len(pack.sections)
    for position, spec in enumerate(pack.sections):
        entry = found.get(spec.id)
        if entry is None:
            sections.append(BoundSection(spec, None, gap=_missing_place(document, pack, position, found)))
            continue
        line = entry.line
        bound = BoundSection(spec, line.text)
        wanted = _wanted(spec)
        ordinal = line.ordinal
        if ordinal is not None:
            bound.number, bound.lead = ordinal.text, ordinal.length
        if wanted is not None:
            bound.number_right = (
                ordinal is not None
                and ordinal.style == wanted.style
                and (ordinal.value == wanted.value or (renumbered and ordinal.value == rank[spec.id]))
            )
        bound.title_right = entry.exact
        bound.moved = spec.id in moved
        bound.repeats = [other.text for other in repeats.get(spec.id, [])]
        sections.append(bound)
        heads.append((entry.index, bound))
    return Sections(sections, sorted(heads, key=itemgetter(0)))


def _missing_place(document: Document, pack: Pack, position: int, found: dict[str, _Found]) -> Span:
    """The heading that follows in the form's order or, behind the last one, the document's last line."""
    for spec in pack.sections[position + 1 :]:
        if spec.id in found:
            return found[spec.id].line.text.span()
    lines = document.source.lines
    last = len(lines)
    while last > 1 and not lines[last - 1].strip():
        last -= 1
    width = len(lines[last - 1]) if lines else 0
    return Span(last or 1, 1, last or 1, width + 1)


def wanted_number(spec: SectionSpec) -> str | None:
    """The number of a section as the form prints it, with its punctuation (``一、``); None if it has none."""
    wanted = _wanted(spec)
    return format_like(wanted.value, wanted.style) if wanted is not None and wanted.value is not None else None
