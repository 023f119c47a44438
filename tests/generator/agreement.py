"""Compares a linted report with what the generator wrote: pack nodes found by the form's labels, cells by place."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from gklint.binding.model import BoundReport, BoundTable
from gklint.packs.model import Node, TableSpec

from .forms import TableForm
from .writer import Rendered


def plain(text: str) -> str:
    """A label without regard to spaces and to half-width or full-width punctuation."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def chains(nodes: tuple[Node, ...], above: str = "") -> list[tuple[str, str]]:
    """The key of each leaf by the generator's reckoning (labels joined by ``/``), and its path in the pack."""
    result: list[tuple[str, str]] = []
    for node in nodes:
        key = f"{above}/{plain(node.label.text)}" if above else plain(node.label.text)
        if node.children:
            result.extend(chains(node.children, key))
        else:
            result.append((key, node.path))
    return result


def find_table(report: BoundReport, table: TableForm) -> BoundTable:
    """The bound table whose rows and columns are those of the form's table.

    A head that has no part in the form's rows or columns (申请人情况) may be a group in the pack or not.
    """
    for bound in report.tables:
        if _keys(bound.spec, table, "rows") and _keys(bound.spec, table, "columns"):
            return bound
    raise AssertionError(f"no table of pack {report.pack.id} has the rows and columns of {table.id}")


def _keys(spec: TableSpec, table: TableForm, kind: str) -> dict[str, str] | None:
    wanted = table.row_keys() if kind == "rows" else table.column_keys()
    have = chains(spec.rows if kind == "rows" else spec.columns)
    drop = len(plain(table.over)) + 1 if kind == "columns" and table.over else 0
    if drop and all(key.startswith(plain(table.over or "") + "/") for key, _ in have):
        have = [(key[drop:], path) for key, path in have]
    if [key for key, _ in have] != [plain(key) for key in wanted]:
        return None
    return {key: path for key, (_, path) in zip(wanted, have, strict=True)}


def paths(spec: TableSpec, table: TableForm) -> tuple[dict[str, str], dict[str, str]]:
    """The pack's paths of the form's rows and of its columns."""
    rows, columns = _keys(spec, table, "rows"), _keys(spec, table, "columns")
    assert rows is not None
    assert columns is not None
    return rows, columns


def disagreements(report: BoundReport, rendered: Rendered, tables: list[TableForm]) -> list[str]:
    """What is bound otherwise than it was written: value, line, columns of each cell."""
    wrong: list[str] = []
    for table in tables:
        bound = find_table(report, table)
        rows, columns = paths(bound.spec, table)
        for row in table.row_keys():
            for column in table.column_keys():
                place = rendered.cells[table.id, row, column]
                text = rendered.values[table.id, row, column]
                name = f"{table.id} {row} {column}"
                cell = bound.cell(rows[row], columns[column])
                if cell is None:
                    wrong.append(f"{name}: {text} at {place.line} is not bound")
                elif cell.value != Decimal(text):
                    wrong.append(f"{name}: {text} at {place.line} is bound as {cell.text.text!r} at {cell.span.line}")
                elif tuple(cell.span) != tuple(place):
                    wrong.append(f"{name}: {text} stands at {tuple(place)}, bound at {tuple(cell.span)}")
    return wrong
