"""Markdown: tables written flat, tables as converters from Word write them, raw HTML tables."""

from __future__ import annotations

from ..draft import Draft, Node, Options, Sheet
from ..grid import Grid, combined, whole
from ..writer import PlaceKey, Writer
from .flow import write_report
from .html import write_table

_FENCE = """```text
二、主动公开政府信息情况
| 信息内容 | 规章 |
| --- | --- |
| 样例 | 99 |
```"""


def write_flat(draft: Draft, options: Options, writer: Writer) -> None:
    """Each table, and each item of table two, is a GFM table with one header row."""
    _write(draft, options, writer, _Flat)


def write_converted(draft: Draft, options: Options, writer: Writer) -> None:
    """The form's grid, merged cells empty, its first row as the header row."""
    _write(draft, options, writer, _Converted)


def write_raw(draft: Draft, options: Options, writer: Writer) -> None:
    """HTML tables with their spans between Markdown paragraphs."""
    _write(draft, options, writer, _Raw)


def _write(draft: Draft, options: Options, writer: Writer, hand: type[_Markdown]) -> None:
    if options.front_matter:
        for line in ("---", "layout: report", "一: 总体情况", "---"):
            writer.line(line)
        writer.end()
    for line in draft.chrome_before:
        writer.line(line.strip(), blank=1)
    write_report(draft, hand(options, writer))
    if options.fence:
        writer.line(_FENCE, blank=1)
    for line in draft.chrome_after:
        writer.line(line, blank=1)


class _Markdown:
    def __init__(self, options: Options, writer: Writer) -> None:
        self.options = options
        self.writer = writer

    def title(self, lines: list[str]) -> None:
        key = ("title",)
        if self.options.heading in ("bold", "plain"):
            for line in lines:
                self.writer.put("**" if self.options.heading == "bold" else "")
                self.writer.put(line, key)
                self.writer.line("**" if self.options.heading == "bold" else "", blank=1)
        elif self.options.heading == "setext":
            self.writer.line("\n".join(lines), key)
            self.writer.line("=====", blank=1)
        else:
            for line in lines:
                self.writer.put("# ")
                self.writer.line(line, key, 1)

    def heading(self, text: str, key: PlaceKey) -> None:
        match self.options.heading:
            case "atx":
                self.writer.put("## ")
                self.writer.put(text, key)
            case "setext":
                self.writer.line(text, key)
                self.writer.put("---")
            case "bold":
                self.writer.put("**")
                self.writer.put(text, key)
                self.writer.put("**")
            case _:
                self.writer.put(text, key)
        self.writer.end(1)

    def subheading(self, text: str, key: PlaceKey) -> None:
        marks = {"atx": ("### ", ""), "setext": ("### ", " ###"), "bold": ("**", "**")}
        before, after = marks.get(self.options.heading, ("", ""))
        self.writer.put(before)
        self.writer.put(text, key)
        self.writer.line(after, blank=1)

    def paragraph(self, text: str, key: PlaceKey | None) -> None:
        self.writer.line(text, key, 1)

    def proactive(self, sheets: list[Sheet]) -> None:
        raise NotImplementedError

    def table(self, sheet: Sheet) -> None:
        raise NotImplementedError


class _Raw(_Markdown):
    def proactive(self, sheets: list[Sheet]) -> None:
        self._write(combined(sheets))

    def table(self, sheet: Sheet) -> None:
        self._write(whole(sheet, self.options.four))

    def _write(self, shape: Grid) -> None:
        write_table(shape, self.writer, self.options)
        self.writer.end(1)


class _Converted(_Markdown):
    def proactive(self, sheets: list[Sheet]) -> None:
        self._write(combined(sheets))

    def table(self, sheet: Sheet) -> None:
        self._write(whole(sheet, self.options.four))

    def _write(self, shape: Grid) -> None:
        for number, positions in enumerate(shape.positions()):
            _write_row(self.writer, [(slot.text, slot.key) if slot else ("", None) for slot in positions], self.options)
            if number == 0:
                self.writer.line("|" + " --- |" * shape.width)
        self.writer.end()


Cells = list[tuple[str, PlaceKey | None]]


def _write_row(writer: Writer, cells: Cells, options: Options) -> None:
    broken = "<br>" if options.style % 2 else " "
    writer.put("|")
    for text, key in cells:
        writer.put(" ")
        writer.put(text.replace("\n", broken), key)
        writer.put(" |" if text else "|")
    writer.end()


class _Flat(_Markdown):
    """Tables with one header row.

    ``style`` chooses how a row's group is told: 0 in columns of its own, repeated on every row; 1 the same, only on
    the group's first row; 2 joined to the label; 3 as a row of its own without values.
    """

    def proactive(self, sheets: list[Sheet]) -> None:
        for sheet in sheets:
            if sheet.caption:
                bold = self.options.style % 2
                self.writer.put("**" if bold else "")
                self.writer.put(sheet.caption, ("caption", sheet.table))
                self.writer.line("**" if bold else "", blank=1)
            self.table(sheet)

    def table(self, sheet: Sheet) -> None:
        style = self.options.style % 4
        if sheet.table == "four" and self.options.four == "one-row":
            self._one_row(sheet)
            return
        depth = max(row.depth() for row in sheet.rows)
        if sheet.table == "three" and sheet.corner:
            self.writer.line(sheet.corner, ("corner", "three"), 1)
        labels = depth if style in (0, 1) else 1
        corner = "信息内容" if sheet.table.startswith("two-") else "项目"
        head: Cells = [(corner, None), *[("", None)] * (labels - 1)]
        head.extend(self._column(sheet.table, column, above) for column, above in _chains(sheet.head))
        _write_row(self.writer, head, self.options)
        self.writer.line("|" + " --- |" * len(head))
        seen: set[str] = set()
        for row, above in _chains(sheet.rows):
            new = [group for group in above if group.key not in seen]
            seen.update(group.key for group in above)
            values: Cells = [
                (value.text, ("cell", sheet.table, row.key, value.column) if value.column else None)
                for value in row.values
            ]
            if style == 3:
                for group in new:
                    empty: Cells = [("", None)] * len(sheet.column_leaves())
                    _write_row(self.writer, [(group.text, ("row", sheet.table, group.key)), *empty], self.options)
            label = self._label(sheet.table, row, above, new, labels)
            _write_row(self.writer, [*label, *values], self.options)
        self.writer.end()

    def _label(self, table: str, row: Node, above: list[Node], new: list[Node], labels: int) -> Cells:
        key = ("row", table, row.key)
        style = self.options.style % 4
        if style == 3:
            return [(row.text, key)]
        if style == 2:
            # The group nearest to the row tells where it belongs; the one above that is plain from the order.
            joined = "".join(group.text + self._joint() for group in above[-1:]) if len(above) > 1 else ""
            if table == "four" and above:
                joined = above[-1].text + self._joint()
            return [(joined + row.text, key)]
        shown = above if style == 0 else [group if group in new else None for group in above]
        cells: Cells = [(group.text, ("row", table, group.key)) if group else ("", None) for group in shown]
        cells.append((row.text, key))
        return cells + [("", None)] * (labels - len(cells))

    def _joint(self) -> str:
        return ("－", "：", "/", " ", "")[self.options.seed % 5]

    def _column(self, table: str, column: Node, above: list[Node]) -> tuple[str, PlaceKey | None]:
        joined = above[-1].text + self._joint() if above and self.options.seed % 2 else ""
        return joined + column.text, ("head", table, column.key)

    def _one_row(self, sheet: Sheet) -> None:
        head: Cells = []
        values: Cells = []
        for row, above in _chains(sheet.rows):
            group = (above[-1].text + self._joint() if above and self.options.style % 3 == 0 else "") + row.text
            head.extend(
                (f"{group}{self._joint()}{column.text}", ("head", "four", f"{row.key}|{column.key}"))
                for column in sheet.column_leaves()
            )
            values.extend(
                (value.text, ("cell", "four", row.key, value.column) if value.column else None) for value in row.values
            )
        _write_row(self.writer, head, self.options)
        self.writer.line("|" + " --- |" * len(head))
        _write_row(self.writer, values, self.options)
        self.writer.end()


def _chains(nodes: list[Node], above: tuple[Node, ...] = ()) -> list[tuple[Node, list[Node]]]:
    """Each leaf with the groups above it."""
    result: list[tuple[Node, list[Node]]] = []
    for node in nodes:
        if node.children:
            result.extend(_chains(node.children, (*above, node)))
        else:
            result.append((node, list(above)))
    return result
