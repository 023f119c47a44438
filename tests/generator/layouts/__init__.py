"""The layouts, by name."""

from __future__ import annotations

from collections.abc import Callable

from ..draft import Draft, Options, Sheet, build_draft
from ..values import Report
from ..writer import Rendered, Writer
from .html import write_html
from .markdown import write_converted, write_flat, write_raw
from .text import TEXT_LAYOUTS, text_writer

LAYOUTS: dict[str, tuple[str, Callable[[Draft, Options, Writer], None]]] = {
    "markdown-flat": (".md", write_flat),
    "markdown-converted": (".md", write_converted),
    "markdown-html": (".md", write_raw),
    "html": (".html", write_html),
    **{f"text-{name}": (".txt", text_writer(name)) for name in TEXT_LAYOUTS},
}
"""Each layout's file suffix and what writes it."""


def render(report: Report, layout: str, options: Options) -> Rendered:
    """A report in a layout."""
    return render_draft(build_draft(report, options), layout, options)


def render_draft(draft: Draft, layout: str, options: Options) -> Rendered:
    """A draft, perhaps with mistakes in it, in a layout."""
    suffix, write = LAYOUTS[layout]
    writer = Writer()
    write(draft, options, writer)
    values = {
        (sheet.table, row.key, value.column): value.text
        for sheet in draft.sheets()
        for row in sheet.row_leaves()
        for value in row.values
        if value.column is not None
    }
    return Rendered(writer.text(), suffix, writer.places, layout, draft, options, values)


def sheets_together(sheets: list[Sheet]) -> bool:
    """Whether these are the items of table two, which share a grid."""
    return bool(sheets) and all(sheet.table.startswith("two-") for sheet in sheets)
