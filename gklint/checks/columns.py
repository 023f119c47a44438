"""GK207 to GK211: the columns of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gklint.binding.model import BoundColumn, BoundReport, BoundTable
from gklint.checks.base import Reporter
from gklint.checks.tables import label_drift, label_edit, row_address, shorten
from gklint.documents.model import Span
from gklint.findings import Finding, Message, Related, Rule, Severity
from gklint.packs.model import Node

RULES = [
    Rule(
        "GK207",
        "column-missing",
        Severity.ERROR,
        Message("缺少列", "a column is missing"),
        Message("表中缺少格式规定的列。", "A column of the form is not in the table."),
        example=Message("应有七列，表头只有六列", "the head has six of the seven columns"),
    ),
    Rule(
        "GK208",
        "column-unknown",
        Severity.WARNING,
        Message("多出格式之外的列", "a column that the form does not have"),
        Message("表中有格式未规定的列。", "The table has a column that the form does not know."),
        example=Message("最后一列之后多出“备注”", "an additional column stands behind the last one"),
    ),
    Rule(
        "GK209",
        "column-duplicate",
        Severity.ERROR,
        Message("列重复", "a column is there twice"),
        Message("同一列在表中出现两次。", "The same column stands in the table twice."),
        example=Message("同一列粘贴了两遍", "a column was pasted twice"),
    ),
    Rule(
        "GK210",
        "column-order",
        Severity.WARNING,
        Message("列的顺序不对", "a column is out of order"),
        Message(
            "列都在，但顺序与格式不同。数值按列名核对。",
            "The columns are there but not in the form's order. Values are read by their labels.",
        ),
        example=Message("相邻两列写反", "two columns are exchanged"),
    ),
    Rule(
        "GK211",
        "column-label",
        Severity.WARNING,
        Message("列名与格式不符", "a column's label has drifted from the form's"),
        Message(
            "列名与格式规定的名称不同，但按位置和相似程度可以认定是哪一列。一个表头的几处合为一条。",
            "The label is not the form's, but its place and its likeness tell which column is meant. Several labels "
            "of one head are one finding.",
        ),
        fixable="both",
        example=Message("列名的后半截丢失", "a label lost its second half"),
    ),
]


def check(report: BoundReport) -> Iterator[Finding]:
    """All findings about columns; none for a table whose head is lost."""
    say = Reporter(report, RULES)
    for table in report.tables:
        if table.found and not table.as_form:
            yield from _columns(say, table)


def _columns(say: Reporter, table: BoundTable) -> Iterator[Finding]:
    if not table.head_read:
        return
    report = say.report
    shape_columns = _columns_of_shape(table)
    missing = [path for path, node in shape_columns.items() if path not in table.columns and not node.optional]
    if missing:
        place = _column_place(table, list(shape_columns), missing[0])
        names = [shape_columns[path].label.text for path in missing]
        yield say(
            "GK207",
            place,
            f"缺少{'、'.join(f'“{name}”' for name in names)}列",
            f"missing column{'s' if len(names) > 1 else ''}: {', '.join(f'“{name}”' for name in names)}",
            address=row_address(report, table, shape_columns[missing[0]]),
        )
    for stray in table.stray_columns:
        text = shorten(stray.label)
        if stray.node is not None:
            first = table.columns.get(stray.node.path)
            label = first.label if first is not None else None
            yield say(
                "GK209",
                stray.label.span(),
                f"“{stray.node.label.text}”列重复",
                f"column “{stray.node.label.text}” is there twice",
                related=(Related(label.span(), Message("前一处", "the first one")),) if label is not None else (),
                address=row_address(report, table, stray.node),
            )
        else:
            yield say(
                "GK208",
                stray.label.span(),
                f"“{text}”不是格式规定的列",
                f"“{text}” is not a column of the form",
                address=row_address(report, table),
            )
    for column in table.moved_columns:
        if column.label is not None:
            yield say(
                "GK210",
                column.label.span(),
                f"“{column.node.label.text}”列的位置与格式不符",
                f"column “{column.node.label.text}” is not where the form has it",
                address=row_address(report, table, column.node),
            )
    yield from _column_drift(say, table)


def _columns_of_shape(table: BoundTable) -> dict[str, Node]:
    """The columns that carry values, as the table's shape has them, by the paths that binding uses."""
    if table.shape == "one-row":
        return {
            f"{row.path}/{column.path}": column
            for row in table.spec.row_leaves()
            for column in table.spec.column_leaves()
        }
    return {leaf.path: leaf for leaf in table.spec.column_leaves()}


def _column_place(table: BoundTable, order: Sequence[str], missing: str) -> Span:
    """The label of the column that follows the missing one in the form's order, else of the one before it."""
    position = order.index(missing)
    for path in (*order[position + 1 :], *reversed(order[:position])):
        column = table.columns.get(path)
        if column is not None and column.label is not None:
            return column.label.span()
    return table.place


def _column_drift(say: Reporter, table: BoundTable) -> Iterator[Finding]:
    """Drifted labels of one head are one finding, on the first, with the edits of all."""
    drifted: list[BoundColumn] = sorted(
        (column for column in table.columns.values() if column.drift and column.label is not None),
        key=lambda column: column.label.span() if column.label is not None else Span(0, 0, 0, 0),
    )
    if not drifted:
        return
    labels = [column.label for column in drifted if column.label is not None]
    if len(drifted) == 1:
        yield label_drift(say, "GK211", table, drifted[0].node, labels[0])
        return
    pairs = [(label, column.node.label.text) for label, column in zip(labels, drifted, strict=True)]
    shown = "、".join(f"“{shorten(label, 12)}”→“{text}”" for label, text in pairs[:6]) + (
        "……" if len(pairs) > 6 else ""
    )
    yield say(
        "GK211",
        labels[0].span(),
        f"表头有{len(drifted)}处列名与格式不符：{shown}",
        f"{len(drifted)} column labels are not the form's: {shown}",
        related=tuple(
            Related(label.span(), Message(f"应为“{text}”", f"should be “{text}”")) for label, text in pairs[1:]
        ),
        edits=tuple(
            edit
            for label, column in zip(labels, drifted, strict=True)
            for edit in label_edit(say, table, label, column.node)
        ),
        address=row_address(say.report, table),
    )
