"""A report as a tree of sections, paragraphs and sheets: what mistakes are put into and layouts write down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from . import prose
from .forms import CARRIED_IN, CARRIED_OUT, NEW, OUTCOME, TITLE, TOTAL, UNPAID, Label, TableForm
from .values import Report


@dataclass(frozen=True, slots=True)
class Options:
    """How a layout writes a report.  An option that a layout has no use for is left aside by it."""

    seed: int = 0
    punctuation: str = "full"
    """``full``, ``half`` or ``mixed``, of the labels."""
    number_space: bool = False
    """``（一） 予以公开``"""
    split: bool = False
    """Long head words and labels broken over lines."""
    title: str = "one"
    """``one``, ``two`` lines or ``absent``."""
    chrome: bool = False
    repeat_group: bool = False
    """Text: the group's label again after a page break inside table three."""
    lead: bool = False
    """A sentence before the tables of sections 三 and 四."""
    subheadings: bool = True
    heading: str = "atx"
    """Markdown and HTML: ``atx``, ``setext``, ``bold`` or ``plain``."""
    four: str = "one-row"
    """Markdown and HTML: table four as ``one-row`` of fifteen or ``three-rows`` of five."""
    style: int = 0
    """Which of its own variants a layout takes (each takes it modulo their number)."""
    front_matter: bool = False
    fence: bool = False
    eol: str = "\n"
    encoding: str = "utf-8"


@dataclass(slots=True)
class Value:
    """One value cell of a row; ``column`` is None for a cell that belongs to no column of the form."""

    column: str | None
    text: str


@dataclass(slots=True)
class Node:
    """A row or column, or a group of them.  ``key`` is the form's, ``text`` what is written."""

    key: str
    text: str
    children: list[Node] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    again: bool = False
    """Whether a page break stands before it, after which its group's label is printed again."""

    def leaves(self) -> Iterator[Node]:
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    def depth(self) -> int:
        return 1 + max((child.depth() for child in self.children), default=0)


@dataclass(slots=True)
class Sheet:
    """One table as it will be written."""

    table: str
    caption: str | None
    corner: str | None
    head: list[Node]
    rows: list[Node]
    over: str | None = None

    def row_leaves(self) -> list[Node]:
        return [leaf for row in self.rows for leaf in row.leaves()]

    def column_leaves(self) -> list[Node]:
        return [leaf for column in self.head for leaf in column.leaves()]

    def row(self, key: str) -> Node:
        return next(leaf for leaf in self.row_leaves() if leaf.key == key)

    def siblings(self, kind: str) -> list[list[Node]]:
        """Each list of nodes that stand next to one another, of ``rows`` or of the ``head``."""
        top = self.rows if kind == "rows" else self.head
        return [top, *(node.children for start in top for node in start.walk() if node.children)]


@dataclass(slots=True)
class Paragraph:
    """Running text; ``number`` makes it a numbered heading below a section."""

    text: str
    number: str | None = None


@dataclass(slots=True)
class Section:
    key: str
    number: str
    title: str
    blocks: list[Paragraph | Sheet] = field(default_factory=list)

    @property
    def heading(self) -> str:
        return self.number + self.title

    def sheets(self) -> list[Sheet]:
        return [block for block in self.blocks if isinstance(block, Sheet)]


@dataclass(slots=True)
class Draft:
    form: str
    title: list[str]
    preface: list[str]
    sections: list[Section]
    chrome_before: list[str]
    chrome_after: list[str]

    def section(self, key: str) -> Section:
        return next(section for section in self.sections if section.key == key)

    def sheets(self) -> list[Sheet]:
        return [sheet for section in self.sections for sheet in section.sheets()]

    def sheet(self, table: str) -> Sheet:
        return next(sheet for sheet in self.sheets() if sheet.table == table)

    def value(self, table: str, row: str, column: str) -> Value:
        return next(value for value in self.sheet(table).row(row).values if value.column == column)


_HALF = str.maketrans({"（": "(", "）": ")", "，": ",", "：": ":"})
_NUMBER = re.compile(r"^([（(][一二三四五六七八九十]+[）)])")
_SPLITS = {
    "商业企业": "商业\n企业",
    "科研机构": "科研\n机构",
    "本年新制作数量": "本年新\n制作数量",
    "本年新公开数量": "本年新\n公开数量",
    "本年制发件数": "本年制发\n件数",
    "未经复议直接起诉": "未经复议\n直接起诉",
    NEW: "一、本年新收政府信息公开\n申请数量",
    CARRIED_IN: "二、上年结转政府信息公开\n申请数量",
    "（三）不予公开": "（三）不予\n公开",
    "（四）无法提供": "（四）无法\n提供",
    "（五）不予处理": "（五）不予\n处理",
}


class _Spelling:
    """Writes a form's labels as the options say."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.rng = Random(f"spelling-{options.seed}")

    def __call__(self, text: str) -> str:
        options = self.options
        if options.split:
            text = _SPLITS.get(text, text)
        style = options.punctuation
        if style == "mixed":
            style = self.rng.choice(("full", "half"))
        if style == "half":
            text = text.translate(_HALF)
        if options.number_space:
            text = _NUMBER.sub(r"\1 ", text)
        return text


def build_draft(report: Report, options: Options) -> Draft:
    """The report laid out in sections, its labels spelt as the options say."""
    rng = Random(f"prose-{report.prose_seed}-{options.seed}")
    spelling = _Spelling(options)
    year = report.year
    title = f"{report.body}{year}年{TITLE}"
    titles = {"one": [title], "two": [f"{report.body}{year}年", TITLE], "absent": []}[options.title]
    preface = list(prose.PREFACE[: rng.randint(0, 2)])
    if options.title == "absent" or rng.random() < 0.5:
        preface.append(prose.PERIOD.format(year=year))
    chrome = (
        [line.format(published=year + 1) for line in prose.CHROME_BEFORE[: rng.randint(1, 4)]] if options.chrome else []
    )
    draft = Draft(
        report.form,
        titles,
        preface,
        [Section(number, number + "、", text) for number, text in report.spec.sections],
        chrome,
        list(prose.CHROME_AFTER) if options.chrome else [],
    )
    _fill_prose(draft, report, options, rng)
    for table in report.spec.tables:
        draft.section(table.section).blocks.append(_sheet(table, report, spelling))
    return draft


def _fill_prose(draft: Draft, report: Report, options: Options, rng: Random) -> None:
    facts = {
        "new": report.number("three", NEW, TOTAL),
        "carried_in": report.number("three", CARRIED_IN, TOTAL),
        "carried_out": report.number("three", CARRIED_OUT, TOTAL),
    }
    overview = draft.section("一").blocks
    for number, head, sentences in zip("一二三四五", prose.OVERVIEW_HEADS, prose.OVERVIEW, strict=True):
        text = prose.pick(rng, sentences).format(**facts)
        if options.subheadings:
            overview.append(Paragraph(head, f"（{number}）"))
        overview.append(Paragraph(text))
    problems = draft.section("五").blocks
    for number, head, sentences in zip("一二", prose.PROBLEM_HEADS, prose.PROBLEMS, strict=True):
        if options.subheadings:
            problems.append(Paragraph(head, f"（{number}）"))
        problems.append(Paragraph(prose.pick(rng, sentences)))
    unpaid = report.number("three", UNPAID, TOTAL) if report.form == "2021" else 0
    draft.section("六").blocks.append(
        Paragraph(prose.UNPAID_NOTICE.format(unpaid=unpaid) if unpaid else rng.choice(prose.OTHER))
    )
    if options.lead:
        draft.section("三").blocks.append(Paragraph(rng.choice(prose.LEAD_APPLICATIONS)))
        draft.section("四").blocks.append(Paragraph(rng.choice(prose.LEAD_LITIGATION)))


def _sheet(table: TableForm, report: Report, spelling: _Spelling) -> Sheet:
    sheet = Sheet(
        table.id,
        spelling(table.caption) if table.caption else None,
        spelling(table.corner) if table.corner else None,
        [_node(label, "", spelling) for label in table.columns],
        [_node(label, "", spelling) for label in table.rows],
        table.over,
    )
    for row in sheet.row_leaves():
        row.values = [Value(column, report.values[table.id, row.key, column]) for column in table.column_keys()]
    if table.id == "three" and spelling.options.repeat_group:
        outcome = next(row for row in sheet.rows if row.key == OUTCOME)
        outcome.children[4].again = True
    return sheet


def _node(label: Label, above: str, spelling: _Spelling) -> Node:
    key = f"{above}/{label.text}" if above else label.text
    return Node(key, spelling(label.text), [_node(child, key, spelling) for child in label.children])
