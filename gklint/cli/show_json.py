"""What was read of a report, for programs."""

from __future__ import annotations

import json
from typing import Any

from gklint.binding.model import BoundReport, BoundRow, BoundSection, BoundTable
from gklint.cli.show_text import outcomes
from gklint.documents.model import Located, Span

VERSION = 1
"""Raised when a key is removed or changes its meaning; new keys may come at any time."""


def render_json(report: BoundReport) -> str:
    """One JSON object.  Lines and columns are 1-based, in code points; values are exact, written as text."""
    source = report.source
    shown = {
        "version": VERSION,
        "path": source.path,
        "format": report.format,
        "encoding": source.encoding,
        "pack": report.pack.id,
        "right_pack": report.right_pack.id if report.right_pack is not None else None,
        "title": _text(report.title),
        "facts": dict(sorted(report.facts.items())),
        "sections": [_section(section) for section in report.sections],
        "tables": [_table(table) for table in report.tables],
        "identities": [
            {
                "code": outcome.instance.identity.code,
                "name": outcome.instance.identity.name,
                "at": outcome.instance.node.path if outcome.instance.node is not None else None,
                "status": outcome.status.value,
                "left": str(outcome.left) if outcome.left is not None else None,
                "right": str(outcome.right) if outcome.right is not None else None,
                "reason": outcome.reason._asdict() if outcome.reason is not None else None,
            }
            for outcome in outcomes(report)
        ],
    }
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def _place(span: Span) -> dict[str, int]:
    return dict(span._asdict())


def _text(text: Located | None) -> dict[str, Any] | None:
    return None if text is None else {"text": text.text, **_place(text.span())}


def _section(section: BoundSection) -> dict[str, Any]:
    return {
        "id": section.spec.id,
        "heading": _text(section.heading),
        "number": section.number,
        "empty": section.empty,
        "moved": section.moved,
        "repeats": [_text(repeat) for repeat in section.repeats],
    }


def _table(table: BoundTable) -> dict[str, Any]:
    return {
        "id": table.spec.id,
        "found": table.found,
        "shape": table.shape,
        **_place(table.place),
        "rows": [_row(path, row) for path, row in table.rows.items()],
        "stray_rows": [_text(stray.label) for stray in table.stray_rows],
        "stray_columns": [_text(stray.label) for stray in table.stray_columns],
    }


def _row(path: str, row: BoundRow) -> dict[str, Any]:
    return {
        "id": path,
        "label": _text(row.label),
        "readable": row.readable,
        "found": row.found,
        "wanted": row.wanted,
        "cells": [
            {
                "id": column,
                "state": cell.state.value,
                "value": format(cell.value, "f") if cell.value is not None else None,
                **(_text(cell.text) or {}),
            }
            for column, cell in row.cells.items()
        ],
    }
