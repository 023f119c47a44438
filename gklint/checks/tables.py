"""GK2xx: tables, their rows, and whether this is the form that the year asks for."""

from __future__ import annotations

from collections.abc import Iterator

from gklint.binding.labels import fold
from gklint.binding.model import BoundColumn, BoundReport, BoundRow, BoundTable
from gklint.checks.base import Reporter
from gklint.documents.model import Located, Span
from gklint.findings import Edit, Finding, Message, Related, Rule, Severity
from gklint.packs.model import Node

RULES = [
    Rule(
        "GK201",
        "table-missing",
        Severity.ERROR,
        Message("缺少表格", "a table is missing"),
        Message(
            "格式要求的表格在其章节中找不到（表格是图片时也如此）。章节本身缺失时只报章节。",
            "A table that the form asks for is not there, or only as a picture. Where its whole section is missing, "
            "only that is reported.",
        ),
        example=Message("章节三只有文字，没有表格", "section three has text but no table"),
    ),
    Rule(
        "GK202",
        "row-missing",
        Severity.ERROR,
        Message("缺少行", "a row is missing"),
        Message(
            "表中缺少格式规定的行。连续缺少的几行合为一条，标在其后的一行上。",
            "A row of the form is not in the table. Rows missing in a run are one finding, on the row that follows "
            "them.",
        ),
        example=Message("第（一）行之后是第（三）行", "row （一） is followed by row （三）"),
    ),
    Rule(
        "GK203",
        "row-unknown",
        Severity.WARNING,
        Message("多出格式之外的行", "a row that the form does not have"),
        Message(
            "表中有格式未规定的行，其数值不参与核对。",
            "The table has a row that the form does not know. Its values take part in no identity.",
        ),
        example=Message("格式规定的两行之间多出一行", "an additional row stands between two rows of the form"),
    ),
    Rule(
        "GK204",
        "row-duplicate",
        Severity.ERROR,
        Message("行重复", "a row is there twice"),
        Message(
            "同一行在表中出现两次，核对以第一次为准。",
            "The same row stands in the table twice. Identities use the first.",
        ),
        example=Message("同一行粘贴了两遍", "a row was pasted twice"),
    ),
    Rule(
        "GK205",
        "row-order",
        Severity.WARNING,
        Message("行的顺序不对", "a row is out of order"),
        Message(
            "行都在，但顺序与格式不同。数值按行名核对。",
            "The rows are there but not in the form's order. Values are read by their labels.",
        ),
        example=Message("第2项写在第1项之前", "item 2 comes before item 1"),
    ),
    Rule(
        "GK206",
        "row-label",
        Severity.ERROR,
        Message("行名与格式不符", "a row's label has drifted from the form's"),
        Message(
            "行名与格式规定的名称不同，但按位置和相似程度可以认定是哪一行。空格、标点及全半角差异不计。",
            "The label is not the form's, but its place and its likeness tell which row is meant. White space, "
            "punctuation and width do not count.",
        ),
        fixable="both",
        example=Message("行名漏写或错写一个字", "a label lost or changed a character"),
    ),
    Rule(
        "GK212",
        "row-cells",
        Severity.ERROR,
        Message("行的单元格数不对，无法读取", "a row has too many or too few cells and cannot be read"),
        Message(
            "一行的数值个数与列数不符，不能判断哪个数属于哪一列，因此不核对该行，也不因此报告合计错误。",
            "The row has more or fewer values than the table has columns: which value belongs to which column cannot "
            "be told. The row is left out of all identities and never gives a wrong sum.",
        ),
        example=Message("应有7个数值，只有6个", "there are 6 values where 7 should be"),
    ),
    Rule(
        "GK213",
        "wrong-form",
        Severity.ERROR,
        Message("使用了其他年度的格式", "the form of another year is used"),
        Message(
            "报告年度应当使用另一格式。结果标在第一个仅属于旧（或新）格式的表头或行名上；其余检查按实际使用的格式进行。",
            "The report's year asks for another form. The finding stands on the first label that only the form in use "
            "has; all other checks go by the form in use.",
        ),
        example=Message("2022年度报告使用了2019年格式", "a report of 2022 in the form of 2019"),
    ),
]


SURE = 0.6
"""From this likeness on, putting the official label in place of a drifted one is purely formal."""
_UNKNOWN_ROW = Message("“{}”不是格式规定的行", "“{}” is not a row of the form")
_JOINTS = "－—–-_/／：:·、 \u3000"


def check(report: BoundReport) -> Iterator[Finding]:
    """All findings about tables and rows."""
    say = Reporter(report, RULES)
    if report.right_pack is not None:
        yield _wrong_form(say, report)
    yield from _missing_tables(say, report)
    for table in report.tables:
        if table.found and not table.as_form:
            yield from _rows(say, table)


def title(table: BoundTable, lang: str) -> str:
    """The table's name in a message."""
    return table.spec.title.in_language(lang)


def row_address(report: BoundReport, table: BoundTable, *nodes: Node) -> tuple[str, ...]:
    """Section, table, row and column in the words of the form."""
    section = next((section.title.text for section in report.pack.sections if section.id == table.spec.section), None)
    words = [title(table, report.pack.lang), *(node.label.text for node in nodes)]
    return tuple([section, *words] if section and section != words[0] else words)


def _wrong_form(say: Reporter, report: BoundReport) -> Finding:
    assert report.right_pack is not None
    related = (
        (Related(report.year_span, Message("报告年度", "the report's year")),) if report.year_span is not None else ()
    )
    wanted, used = report.right_pack.title, report.pack.title
    source = f"（{report.right_pack.source}）" if report.right_pack.source else ""
    return say(
        "GK213",
        _first_foreign_label(report),
        f"{report.year}年度报告应使用《{wanted.zh}》{source}，此处使用的是《{used.zh}》",
        f"a report of {report.year} must use the form “{wanted.en}”, this is “{used.en}”",
        related=related,
    )


def _first_foreign_label(report: BoundReport) -> Span:
    places: list[Span] = []
    for table in report.tables:
        labels = [column.label for column in table.columns.values()] + [row.label for row in table.rows.values()]
        places.extend(
            label.span() for label in labels if label is not None and fold(label.text) in report.foreign_labels
        )
    if places:
        return min(places)
    return report.year_span or next((table.place for table in report.tables if table.found), Span(1, 1, 1, 1))


def _missing_tables(say: Reporter, report: BoundReport) -> Iterator[Finding]:
    """One finding for the missing tables of a section; none where the section itself is missing."""
    absent = {section.spec.id for section in report.sections if section.heading is None}
    by_section: dict[str | None, list[BoundTable]] = {}
    for table in report.tables:
        if not table.found and not table.spec.optional and table.spec.section not in absent:
            by_section.setdefault(table.spec.section, []).append(table)
    for section_id, tables in by_section.items():
        section = next((bound for bound in report.sections if bound.spec.id == section_id), None)
        if section is not None and section.empty:
            continue
        place = _table_place(report, tables[0]) or (section.place if section is not None else tables[0].place)
        zh = "、".join(f"“{table.spec.title.zh}”" for table in tables)
        en = ", ".join(f"“{table.spec.title.en}”" for table in tables)
        yield say(
            "GK201",
            place,
            f"缺少表格{zh}",
            f"missing: {en}",
            address=row_address(report, tables[0]),
        )


def _table_place(report: BoundReport, table: BoundTable) -> Span | None:
    """Where a missing table should stand: the next table of its section."""
    seen = False
    for other in report.tables:
        if other is table:
            seen = True
        elif seen and other.found and other.spec.section == table.spec.section:
            return other.place
    return None


# --- rows -------------------------------------------------------------------------------------------------------------


def _rows(say: Reporter, table: BoundTable) -> Iterator[Finding]:
    report = say.report
    yield from _missing_rows(say, table)
    address = row_address(report, table)
    duplicates: dict[str, Finding] = {}
    for stray in table.stray_rows:
        first = table.rows.get(stray.node.path) if stray.node is not None else None
        if first is not None:
            # There may be very many: all that differs is their place.
            known = duplicates.get(first.node.path)
            if known is None:
                known = duplicates[first.node.path] = _duplicate(say, table, stray.label, first)
            yield say.like(known, stray.label.span())
        elif not table.spec.extra_rows:
            yield say.quoting("GK203", stray.label.span(), _UNKNOWN_ROW, shorten(stray.label), address=address)
    for row in table.moved_rows:
        assert row.label is not None
        yield say(
            "GK205",
            row.label.span(),
            f"“{row.node.label.text}”行的位置与格式不符",
            f"row “{row.node.label.text}” is not where the form has it",
            address=row_address(report, table, row.node),
        )
    unreadable: list[BoundRow] = []
    for row in table.rows.values():
        if row.drift and row.label is not None:
            yield label_drift(say, "GK206", table, row.node, row.label)
        if not row.readable:
            unreadable.append(row)
    yield from _unreadable(say, table, unreadable)
    for column in table.columns.values():
        if not column.readable:
            assert column.label is not None
            yield say(
                "GK212",
                column.label.span(),
                f"“{column.node.label.text}”列{_shape_zh(column)}，无法读取",
                f"column “{column.node.label.text}” {_shape_en(column)}: it cannot be read",
                address=row_address(report, table, column.node),
            )


def _unreadable(say: Reporter, table: BoundTable, rows: list[BoundRow]) -> Iterator[Finding]:
    if table.shape == "one-row":
        rows = rows[:1]
    for row in rows:
        place = row.label.span() if row.label is not None else table.place
        name = f"“{row.node.label.text}”行" if table.shape != "one-row" else f"“{table.spec.title.zh}”的数据行"
        english = (
            f"row “{row.node.label.text}”"
            if table.shape != "one-row"
            else f"the row of values of “{table.spec.title.en}”"
        )
        yield say(
            "GK212",
            place,
            f"{name}{_shape_zh(row)}，无法读取",
            f"{english} {_shape_en(row)}: it cannot be read",
            address=row_address(say.report, table, row.node),
        )


def _shape_zh(row: BoundRow | BoundColumn) -> str:
    if row.found == row.wanted:
        return "的单元格比其他行少，数值错位"
    return f"有{row.found}个单元格，应有{row.wanted}个"


def _shape_en(row: BoundRow | BoundColumn) -> str:
    if row.found == row.wanted:
        return "is shorter than the others, its values have moved"
    return f"has {row.found} cell{'s' if row.found != 1 else ''} where {row.wanted} should be"


def _missing_rows(say: Reporter, table: BoundTable) -> Iterator[Finding]:
    leaves = table.spec.row_leaves()
    run: list[Node] = []
    before: BoundRow | None = None
    for leaf in [*leaves, None]:
        if leaf is not None and leaf.path not in table.rows:
            if not leaf.optional:
                run.append(leaf)
            continue
        row = table.rows[leaf.path] if leaf is not None else None
        if run:
            place = (row.label if row is not None else None) or (before.label if before is not None else None)
            names = [_full(node, table) for node in run]
            yield say(
                "GK202",
                place.span() if place is not None else table.place,
                f"缺少{'、'.join(f'“{name}”' for name in names)}行",
                f"missing row{'s' if len(names) > 1 else ''}: {', '.join(f'“{name}”' for name in names)}",
                address=row_address(say.report, table, run[0]),
            )
            run = []
        before = row


def _full(node: Node, table: BoundTable) -> str:
    """A row's label behind that of its group, where it has one."""
    parts = node.path.rsplit(".", 1)
    if len(parts) == 1:
        return node.label.text
    for top in table.spec.rows:
        for candidate in top.walk():
            if candidate.path == parts[0] and "." in candidate.path:
                return candidate.label.text + node.label.text
    return node.label.text


def _duplicate(say: Reporter, table: BoundTable, label: Located, first: BoundRow) -> Finding:
    name = first.node.label.text
    before = first.label
    return say(
        "GK204",
        label.span(),
        f"“{name}”行重复" + (f"，前一处在第{before.line}行" if before is not None else ""),
        f"row “{name}” is there twice" + (f", also on line {before.line}" if before is not None else ""),
        related=(Related(before.span(), Message("前一处", "the first one")),) if before is not None else (),
        address=row_address(say.report, table, first.node),
    )


def shorten(text: Located, limit: int = 30) -> str:
    """The text on one line; a label may be broken over several."""
    words = " ".join(text.text[: limit * 4].split())
    return words if len(words) <= limit else words[: limit - 1] + "…"


def label_drift(say: Reporter, code: str, table: BoundTable, node: Node, label: Located) -> Finding:
    kind_zh, kind_en = ("行名", "row label") if code == "GK206" else ("列名", "column label")
    return say(
        code,
        label.span(),
        f"{kind_zh}“{shorten(label)}”应为“{node.label.text}”",
        f"the {kind_en} “{shorten(label)}” should be “{node.label.text}”",
        edits=label_edit(say, table, label, node),
        address=row_address(say.report, table, node),
    )


def label_edit(say: Reporter, table: BoundTable, label: Located, node: Node) -> tuple[Edit, ...]:
    """The official label in place of a drifted one, where that stands in one piece.

    Behind the label of another node in the same cell (its group's, or the row's in a head) only its own part changes.
    """
    from gklint.binding.labels import likeness

    if not label.text:
        return ()
    own, alike = label, likeness(fold(label.text), node.label)
    for other in (other for top in (*table.spec.rows, *table.spec.columns) for other in top.walk()):
        tail = _behind(label, fold(other.label.text)) if other is not node else None
        if tail is not None and (better := likeness(fold(tail.text), node.label)) > alike:
            own, alike = tail, better
    if own is label and len(fold(label.text)) * 2 > len(fold(node.label.text)) * 3 and alike < SURE:
        # There is more in the cell than this label, and what that is cannot be told.
        return ()
    return say.writing(own, node.label.text, safe=alike >= SURE)


def _behind(label: Located, beginning: str) -> Located | None:
    """What stands in a cell behind a folded beginning and whatever joins the two; None if it begins otherwise."""
    text = label.text
    if not beginning or not fold(text).startswith(beginning):
        return None
    length = 0
    for position, character in enumerate(text):
        length += len(fold(character))
        if length >= len(beginning):
            rest = text[position + 1 :]
            start = len(text) - len(rest.lstrip(_JOINTS))
            return label[start : len(text)] if start < len(text) else None
    return None
