"""The order in which every layout writes a report; what a heading or a table looks like is the layout's own."""

from __future__ import annotations

from itertools import groupby
from typing import Protocol

from ..draft import Draft, Paragraph, Sheet
from ..writer import PlaceKey


class Hand(Protocol):
    """How a layout writes each thing."""

    def title(self, lines: list[str]) -> None: ...

    def heading(self, text: str, key: PlaceKey) -> None: ...

    def subheading(self, text: str, key: PlaceKey) -> None: ...

    def paragraph(self, text: str, key: PlaceKey | None) -> None: ...

    def proactive(self, sheets: list[Sheet]) -> None: ...

    def table(self, sheet: Sheet) -> None: ...


def write_report(draft: Draft, hand: Hand) -> None:
    """Write title, preface and sections in their order."""
    if draft.title:
        hand.title(draft.title)
    for number, text in enumerate(draft.preface):
        hand.paragraph(text, ("preface", str(number)))
    for section in draft.sections:
        hand.heading(section.heading, ("section", section.key))
        subheadings = paragraphs = 0
        for two, blocks in groupby(section.blocks, _is_item):
            if two:
                hand.proactive([block for block in blocks if isinstance(block, Sheet)])
                continue
            for block in blocks:
                if isinstance(block, Sheet):
                    hand.table(block)
                elif block.number is not None:
                    subheadings += 1
                    hand.subheading(block.number + block.text, ("sub", section.key, str(subheadings)))
                else:
                    paragraphs += 1
                    hand.paragraph(block.text, ("prose", section.key, str(paragraphs)))


def _is_item(block: Paragraph | Sheet) -> bool:
    return isinstance(block, Sheet) and block.table.startswith("two-")
