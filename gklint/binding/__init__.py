"""Binding: finding the place in a document of everything that a pack names."""

from __future__ import annotations

from collections.abc import Collection

from gklint.binding.casting import CastLines
from gklint.binding.choose import choose_pack, form_for_year, form_is_certain, label_set, own_labels
from gklint.binding.facts import read_preface
from gklint.binding.labels import fold, spellings
from gklint.binding.layout import PackIndex, pack_index
from gklint.binding.model import BoundReport, BoundSection, BoundTable
from gklint.binding.outline import TextLine, text_lines
from gklint.binding.sections import find_sections
from gklint.binding.subheadings import find_subheadings
from gklint.binding.tables import Stretch, bind_flat_tables, bind_tables
from gklint.documents.model import Block, Document, Heading, Located, Paragraph, Span, Table
from gklint.packs.model import Pack, SectionSpec


def bind(document: Document, packs: list[Pack]) -> BoundReport | None:
    """Bind ``document`` to the pack that applies to it; None if none of ``packs`` does."""
    lines = text_lines(document)
    pack = choose_pack(document, packs, lines)
    if pack is None:
        return None
    report = _bind_to(document, pack, lines)
    if report.year is not None and report.year not in pack.years:
        other = form_for_year(pack, packs, report.year)
        if other is not None and other is not pack:
            if form_is_certain(pack, packs, document, lines):
                report.right_pack = other
                report.foreign_labels = own_labels(pack, packs)
            else:
                report = _bind_to(document, other, lines)
    return report


def _bind_to(document: Document, pack: Pack, lines: list[TextLine]) -> BoundReport:
    sections, heads = find_sections(document, pack, lines, label_set(pack))
    preface = read_preface(document, pack, lines, heads[0][0] if heads else min(len(lines), 60))
    report = BoundReport(document.source, document.format, pack, preface.facts, sections, [])
    report.title, report.title_right = preface.title, preface.title_right
    report.year_span = preface.facts.span("year")
    year = preface.facts.get("year", "")
    report.year = int(year) if year.isdigit() and len(year) == 4 else None
    used = _bind_report_tables(report, document, lines, heads)
    _fill_sections(document, lines, heads, used)
    return report


def _stretch(document: Document, lines: list[TextLine], first: int, last: int, section: BoundSection | None) -> Stretch:
    """Lines ``first`` to ``last`` (exclusive) of the document's text, with the tables between them.

    The heading at ``first - 1``, that of the ``section``, is not part of it.
    """
    place = section.place if section is not None else Span(1, 1, 1, 1)
    start_block = (lines[first - 1].block, lines[first - 1].part) if first else (-1, 0)
    end_block = (lines[last].block, lines[last].part) if last < len(lines) else (len(document.blocks), 0)
    blocks: list[Block] = []
    text: list[Located] = []
    for number in range(max(start_block[0], 0), min(end_block[0] + 1, len(document.blocks))):
        block = document.blocks[number]
        if isinstance(block, Paragraph):
            begin = start_block[1] + 1 if number == start_block[0] else 0
            end = end_block[1] if number == end_block[0] else len(block.lines)
            parts = block.lines[begin:end]
            if parts:
                blocks.append(block if len(parts) == len(block.lines) else Paragraph(parts, block.strong))
                text.extend(parts)
        elif start_block[0] < number < end_block[0]:
            blocks.append(block)
            if isinstance(block, Heading):
                text.append(block.text)
    end_line = lines[last].written.line if last < len(lines) else len(document.source.lines) + 1
    return Stretch(document.source, blocks, _with_blank_cells(document, text, end_line), end_line, place)


def _with_blank_cells(document: Document, text: list[Located], end_line: int) -> list[Located]:
    """The lines of a stretch and between them the source's lines of nothing but tabs, which a format may leave out."""
    if document.format == "html" or "\t" not in document.source.text:
        return text
    if not any("\t" in line.text for line in text):
        return text
    known = {line.line for line in text}
    source = document.source.lines
    extra = [
        Located(source[number - 1], number, 1)
        for number in range(text[0].line, min(end_line, len(source) + 1))
        if number not in known and "\t" in source[number - 1] and not source[number - 1].strip()
    ]
    return sorted([*text, *extra], key=lambda line: line.line) if extra else text


def _bind_report_tables(
    report: BoundReport, document: Document, lines: list[TextLine], heads: list[tuple[int, BoundSection]]
) -> list[Collection[int]]:
    """Bind each section's tables in its stretch of the document, then those not found there anywhere else.

    Returned are the lines that the tables take up.
    """
    pack = report.pack
    index = pack_index(pack)
    bounds = [number for number, _ in heads] + [len(lines)]
    parts: list[tuple[BoundSection | None, int, int]] = [(None, 0, bounds[0])]
    parts.extend((section, number + 1, bounds[position]) for position, (number, section) in enumerate(heads, 1))
    homes = _homes(report)
    at_home: dict[str | None, list[int]] = {}
    for number, spec in enumerate(pack.tables):
        at_home.setdefault(homes.get(spec.section), []).append(number)
    found: dict[int, BoundTable] = {}
    used: list[Collection[int]] = []

    def take(numbers: list[int], stretch: Stretch) -> None:
        if not (stretch.blocks or stretch.lines):
            return
        results = dict(zip(numbers, bind_tables(index, numbers, stretch), strict=True))
        rest = [number for number in numbers if not results[number].table.found]
        if rest and stretch.has_grids:
            results.update(zip(rest, bind_flat_tables(index, rest, stretch), strict=True))
        for number, (table, taken) in results.items():
            if number not in found or table.found:
                found[number] = table
                used.append(taken)

    for section, first, last in parts:
        numbers = at_home.get(section.spec.id if section is not None else None)
        if numbers:
            take(numbers, _stretch(document, lines, first, last, section))
    rest = [number for number, _ in enumerate(pack.tables) if number not in found or not found[number].found]
    if rest:
        places = {section.spec.id: section.place for section in report.sections}
        for section, first, last in parts:
            section_id = section.spec.id if section is not None else None
            elsewhere = [
                number
                for number in rest
                if not (number in found and found[number].found)
                and homes.get(pack.tables[number].section) != section_id
            ]
            if elsewhere:
                _take_elsewhere(index, elsewhere, _stretch(document, lines, first, last, section), found, used)
        for number in rest:
            spec = pack.tables[number]
            if number not in found:
                place = places.get(spec.section or "", Span(1, 1, 1, 1))
                found[number] = BoundTable(spec, spec.shapes[0], False, place)
    report.tables = [found[number] for number in range(len(pack.tables))]
    return used


def _homes(report: BoundReport) -> dict[str | None, str | None]:
    """For each section of the form the one under whose heading its tables stand: its own or, if that is missing, the
    one before it in the form; None for the text before all headings."""
    homes: dict[str | None, str | None] = {}
    last: str | None = None
    for section in report.sections:
        if section.heading is not None:
            last = section.spec.id
        homes[section.spec.id] = last
    return homes


def _take_elsewhere(
    index: PackIndex, numbers: list[int], stretch: Stretch, found: dict[int, BoundTable], used: list[Collection[int]]
) -> None:
    """Look for tables outside of their own section: only one of which rows and a head are there is taken."""
    for number, (table, lines) in zip(numbers, bind_tables(index, numbers, stretch), strict=True):
        leaves = len(table.spec.row_leaves())
        free = not any(line in taken for taken in used for line in lines)
        if table.found and table.head_read and len(table.rows) * 2 > leaves and free:
            found[number] = table
            used.append(lines)


def _fill_sections(
    document: Document, lines: list[TextLine], heads: list[tuple[int, BoundSection]], used: list[Collection[int]]
) -> None:
    """Say what stands under each heading: whether there is anything, and its numbered headings."""
    bounds = [number for number, _ in heads] + [len(lines)]
    for position, (number, section) in enumerate(heads):
        first, last = number + 1, bounds[position + 1]
        if first >= last:
            start = lines[number].block
            end = lines[last].block if last < len(lines) else len(document.blocks)
            tables = any(isinstance(document.blocks[index], Table) for index in range(start + 1, end))
            run_in = section.title is not None and _goes_on(section.spec, section.title.text, right=section.title_right)
            section.empty = not tables and not run_in
        if section.spec.subheadings:
            below = lines[first:last]
            section.subheadings = find_subheadings(_outside(below, used), document.format)


def _outside(lines: list[TextLine], used: list[Collection[int]]) -> list[TextLine]:
    """The lines that no table takes up."""
    if not lines:
        return lines
    reach = range(lines[0].written.line, lines[-1].written.line + 1)
    near = [taken for taken in used if _has_any(taken, reach)]
    return [line for line in lines if not any(line.written.line in taken for taken in near)] if near else lines


def _has_any(lines: Collection[int], reach: range) -> bool:
    """Whether some of the lines are within reach."""
    within = lines if isinstance(lines, range) else lines.within if isinstance(lines, CastLines) else None
    if within is not None and (within.start >= reach.stop or reach.start >= within.stop):
        return False
    return within is lines or any(number in reach for number in lines)


def _goes_on(spec: SectionSpec, title: str, *, right: bool) -> bool:
    """Whether text follows a title on its line; a title that is not right goes on if it is too long to be one."""
    return fold(title) not in spellings(spec.title) if right else len(title) > 40


__all__ = ["bind"]
