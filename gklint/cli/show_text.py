"""What was read of a report, as text: aligned for characters of two cells."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from gklint.analysis import instances_of
from gklint.binding.model import BoundCell, BoundReport, BoundRow, BoundTable, State
from gklint.documents.model import Located
from gklint.findings import Message
from gklint.identities import CellMap, Outcome, Status, default_value, judge
from gklint.output.cells import cells, clip, pad, plain
from gklint.output.style import Style
from gklint.packs.model import Node

BLANK = "·"
ABSENT = "-"
_LABEL_CELLS = 44
_HEAD_CELLS = 20
_STATUS = {
    Status.HOLDS: Message("成立", "holds"),
    Status.BROKEN: Message("不成立", "broken"),
    Status.UNKNOWN: Message("无法判断", "cannot be evaluated"),
}


def render_text(report: BoundReport, lang: str, *, color: bool = False, ambiguous: int = 1) -> str:
    """The whole page."""
    page = _Page(report, lang, Style(color), ambiguous)
    return "\n".join([*page.head(), *page.sections(), *page.tables(), *page.identities()]) + "\n"


def outcomes(report: BoundReport) -> list[Outcome]:
    """How each identity that concerns the report ends; a blank counts for what the form says that it stands for."""
    bound = CellMap(report)
    values: dict[tuple[str, str, str], int | Fraction] = {}
    for key, cell in bound.items():
        value = Fraction(cell.value) if cell.value is not None else None
        if value is None and cell.state is not State.INVALID:
            value = default_value(cell)
        if value is not None:
            values[key] = value
    active, absent = instances_of(report)
    values.update(dict.fromkeys(absent, 0))
    return [judge(instance, values, report) for instance in active]


class _Page:
    def __init__(self, report: BoundReport, lang: str, style: Style, ambiguous: int) -> None:
        self.report = report
        self.lang = lang
        self.style = style
        self.ambiguous = ambiguous

    def say(self, zh: str, en: str) -> str:
        return Message(zh, en).in_language(self.lang)

    def head(self) -> Iterator[str]:
        report = self.report
        source = report.source
        pack = report.pack
        rows = [
            (self.say("文件", "file"), f"{plain(source.path)} ({report.format}, {source.encoding})"),
            (self.say("规则包", "pack"), f"{pack.id}  {pack.title.in_language(self.lang)}"),
        ]
        if report.right_pack is not None:
            rows.append((self.say("应为", "should be"), report.right_pack.id))
        if report.title is not None:
            place = self.say(f"第 {report.title.line} 行", f"line {report.title.line}")
            rows.append((self.say("标题", "title"), f"{plain(report.title.text)}  ({place})"))
        rows += [(plain(name), plain(value)) for name, value in sorted(report.facts.items())]
        width = max(cells(name, self.ambiguous) for name, _ in rows)
        for name, value in rows:
            yield f"{self.style.faint(pad(name, width, self.ambiguous))}  {value}"

    def sections(self) -> Iterator[str]:
        yield ""
        yield self.style.bold(self.say("各部分", "Sections"))
        for section in self.report.sections:
            if section.heading is None:
                if not section.spec.optional:
                    printed = f"{section.spec.number or ''} {section.spec.title.text}".strip()
                    yield f"{ABSENT:>6}  {self.say('缺失：', 'missing: ')}{printed}"
                continue
            notes = [
                note
                for note, wrong in (
                    (self.say("无内容", "empty"), section.empty),
                    (self.say("次序有误", "out of order"), section.moved),
                    (self.say("重复", "repeated"), bool(section.repeats)),
                )
                if wrong
            ]
            text = plain(section.heading.text) + (f"  [{', '.join(notes)}]" if notes else "")
            yield f"{section.heading.line:>6}  {text}"

    def tables(self) -> Iterator[str]:
        for table in self.report.tables:
            if not table.found and table.spec.optional:
                continue
            yield ""
            title = self.style.bold(table.spec.title.in_language(self.lang))
            if not table.found:
                yield f"{title}  {self.say('缺失', 'missing')}"
                continue
            shape = f", {table.shape}" if table.shape != "grid" else ""
            place = self.say(f"第 {table.place.line} 行", f"line {table.place.line}")
            yield f"{title}  ({table.spec.id}, {place}{shape})"
            yield from self._grid(table)

    def _grid(self, table: BoundTable) -> Iterator[str]:
        columns = table.spec.column_leaves()
        rows = table.spec.row_leaves()
        heads = [clip(_name(column), _HEAD_CELLS, self.ambiguous) for column in columns]
        values = {row.path: [self._value(table.rows.get(row.path), column) for column in columns] for row in rows}
        widths = [
            max(cells(text, self.ambiguous) for text in (head, *(values[row.path][index] for row in rows)))
            for index, head in enumerate(heads)
        ]
        labels = {row.path: clip(_name(row), _LABEL_CELLS, self.ambiguous) for row in rows}
        label_width = max((cells(text, self.ambiguous) for text in labels.values()), default=0)
        yield self.style.faint(
            " " * (8 + label_width)
            + "".join(
                "  " + pad(head, width, self.ambiguous, right=True) for head, width in zip(heads, widths, strict=True)
            )
        )
        for row in rows:
            bound = table.rows.get(row.path)
            label = pad(labels[row.path], label_width, self.ambiguous)
            if bound is None:
                if not row.optional:
                    yield f"{ABSENT:>6}  {label}  {self.say('缺失', 'missing')}"
                continue
            place = f"{_line(bound):>6}  {label}"
            if not bound.readable:
                counted = self.say(
                    f"无法读取：有 {bound.found} 个值，应为 {bound.wanted} 个",
                    f"cannot be read: {bound.found} values, {bound.wanted} wanted",
                )
                yield f"{place}  {counted}"
                continue
            yield place + "".join(
                "  " + pad(text, width, self.ambiguous, right=True)
                for text, width in zip(values[row.path], widths, strict=True)
            )
        for stray in table.stray_rows:
            text = clip(plain(stray.label.text), _LABEL_CELLS, self.ambiguous)
            yield f"{stray.label.line:>6}  {text}  {self.say('不是此表的行', 'no row of this table')}"

    def _value(self, row: BoundRow | None, column: Node) -> str:
        cell = row.cells.get(column.path) if row is not None else None
        if cell is None:
            return ABSENT
        return show_cell(cell)

    def identities(self) -> Iterator[str]:
        found = outcomes(self.report)
        if not found:
            return
        yield ""
        yield self.style.bold(self.say("勾稽关系", "Identities"))
        nodes = {
            node.path: _name(node)
            for table in self.report.tables
            for top in (*table.spec.rows, *table.spec.columns)
            for node in top.walk()
        }
        for outcome in found:
            identity = outcome.instance.identity
            at = nodes.get(outcome.instance.node.path, "") if outcome.instance.node is not None else ""
            status = _STATUS[outcome.status].in_language(self.lang)
            if outcome.status is Status.HOLDS:
                status = self.style.good(status)
            else:
                status = self.style.severity(status, identity.severity)
            line = f"  {identity.code} {identity.name}" + (f" [{at}]" if at else "") + f": {status}"
            if outcome.status is Status.BROKEN and outcome.left is not None and outcome.right is not None:
                line += f" ({_number(outcome.left)} {identity.holds.operator} {_number(outcome.right)})"
            elif outcome.reason is not None:
                line += f" ({plain(outcome.reason.in_language(self.lang))})"
            yield line


def show_cell(cell: BoundCell) -> str:
    """The value of a cell as it was read."""
    if cell.state is State.NUMBER and cell.value is not None:
        return format(cell.value, "f")
    if cell.state is State.BLANK:
        return BLANK
    text = clip(plain(cell.text.text), _HEAD_CELLS)
    return text if cell.state is State.MARK else f"?{text}"


def _number(value: int | Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    # Table values are decimals; only what a quotient gives may have no end.
    return f"{Decimal(value.numerator) / Decimal(value.denominator):.12g}"


def _name(node: Node) -> str:
    return plain(node.label.text)


def _line(row: BoundRow) -> int:
    """The line of a row: that of its label, or of its first value where it has none."""
    place: Located | None = row.label
    if place is None:
        place = next((cell.text for cell in row.cells.values()), None)
    return place.line if place is not None else 0
