"""Mistakes in headings and in the title."""

from __future__ import annotations

from copy import deepcopy

from ..draft import Draft, Paragraph
from ..mistakes import END, START, Bench, Where, damaged, mistake
from ..writer import PlaceKey


def _around(draft: Draft, index: int) -> list[Where]:
    """From the section before to the one that now stands at ``index``, and the places of both."""
    before: PlaceKey = ("section", draft.sections[index - 1].key) if index else START
    after: PlaceKey = ("section", draft.sections[index].key) if index < len(draft.sections) else END
    return [(before, after)]


@mistake("section-missing", "GK1")
def _section_missing(bench: Bench) -> list[Where]:
    index = bench.rng.choice((0, 4, 5))
    del bench.draft.sections[index]
    return _around(bench.draft, index)


@mistake("section-heading-lost", "GK1")
def _section_heading_lost(bench: Bench) -> list[Where]:
    index = bench.rng.choice((2, 3))
    lost = bench.draft.sections.pop(index)
    bench.draft.sections[index - 1].blocks.extend(lost.sheets())
    return _around(bench.draft, index)


def _swap_sections(bench: Bench, first: int) -> list[Where]:
    sections = bench.draft.sections
    sections[first], sections[first + 1] = sections[first + 1], sections[first]
    return [("section", sections[first].key), ("section", sections[first + 1].key)]


@mistake("section-swapped", "GK1")
def _section_swapped(bench: Bench) -> list[Where]:
    return _swap_sections(bench, 4)


@mistake("section-swapped-with-tables", "GK1")
def _section_swapped_with_tables(bench: Bench) -> list[Where]:
    return _swap_sections(bench, bench.rng.choice((1, 2)))


def _damage_section(bench: Bench, how: str) -> list[Where]:
    section = bench.rng.choice(bench.draft.sections)
    section.title = damaged(bench.rng, section.title, how)
    return [("section", section.key)]


@mistake("section-title-wrong", "GK1")
def _section_title_wrong(bench: Bench) -> list[Where]:
    return _damage_section(bench, "wrong")


@mistake("section-title-lost", "GK1")
def _section_title_lost(bench: Bench) -> list[Where]:
    return _damage_section(bench, "lost")


@mistake("section-title-doubled", "GK1")
def _section_title_doubled(bench: Bench) -> list[Where]:
    return _damage_section(bench, "doubled")


@mistake("section-number-arabic", "GK1")
def _section_number_arabic(bench: Bench) -> list[Where]:
    index = bench.rng.randrange(6)
    section = bench.draft.sections[index]
    section.number = f"{index + 1}、" + bench.rng.choice(("", " "))
    return [("section", section.key)]


@mistake("section-number-wrong", "GK1")
def _section_number_wrong(bench: Bench) -> list[Where]:
    section = bench.draft.section("四")
    section.number = "五、"
    return [("section", "四"), ("section", "五")]


@mistake("section-empty", "GK1")
def _section_empty(bench: Bench) -> list[Where]:
    section = bench.draft.section(bench.rng.choice("一五"))
    section.blocks.clear()
    return [("section", section.key)]


@mistake("section-empty-last", "GK1", needs={"chrome": False, "fence": False})
def _section_empty_last(bench: Bench) -> list[Where]:
    bench.draft.section("六").blocks.clear()
    return [("section", "六"), END]


@mistake("section-duplicated", "GK1")
def _section_duplicated(bench: Bench) -> list[Where]:
    index = bench.rng.choice((0, 4, 5))
    again = deepcopy(bench.draft.sections[index])
    again.key += "#2"
    again.blocks = [Paragraph("此处为排版时误留的一段。")]
    bench.draft.sections.insert(index + 1, again)
    return [("section", again.key)]


@mistake("title-damaged", "GK1", needs={"title": "one"})
def _titledamaged(bench: Bench) -> list[Where]:
    title = bench.draft.title[0]
    body, _ = title.split("政府信息公开工作")
    bench.draft.title = [body + "政府信息公开工作" + bench.rng.choice(("告年度报", "年报报告", "年度报", "年告"))]
    return [("title",)]


@mistake("subheading-skipped", "GK1", needs={"subheadings": True})
def _subheading_skipped(bench: Bench) -> list[Where]:
    blocks = bench.draft.section("一").blocks
    numbered = [at for at, block in enumerate(blocks) if isinstance(block, Paragraph) and block.number]
    at = bench.rng.choice((1, 2, 3))
    del blocks[numbered[at]]
    return [("sub", "一", str(at)), ("sub", "一", str(at + 1))]


@mistake("subheading-doubled", "GK1", needs={"subheadings": True})
def _subheading_doubled(bench: Bench) -> list[Where]:
    numbered = [block for block in bench.draft.section("一").blocks if isinstance(block, Paragraph) and block.number]
    numbered[4].number = numbered[3].number
    return [("sub", "一", "4"), ("sub", "一", "5")]
