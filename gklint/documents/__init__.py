"""Readers: each turns a source of one format into a `Document`; which reader a path gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gklint.errors import UsageError

if TYPE_CHECKING:
    from gklint.documents.model import Document
    from gklint.documents.source import Source

FORMATS: dict[str, str] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".text": "text",
}
"""The format of each suffix.  A format is also the name of the module in this package that reads it."""


def format_of(path: str) -> str | None:
    """The format that the path's suffix stands for, or None."""
    _, dot, suffix = path.rpartition(".")
    return FORMATS.get(dot + suffix.lower())


def read(source: Source, format: str | None = None) -> Document:
    """Read a source into a document.

    Without ``format`` the path's suffix decides, except that text which plainly begins as an HTML page is read as HTML
    even if its suffix is that of plain text or says nothing.  Any text can be read in any format.  Raises `UsageError`
    for a format that gklint has not.
    """
    if format is None:
        format = format_of(source.path)
        if format in (None, "text"):
            format = "html" if _is_html(source.text) else "text"
    # One import for each format, so that a run loads only the readers it needs.
    if format == "markdown":
        from gklint.documents import markdown

        return markdown.read(source)
    if format == "html":
        from gklint.documents import html

        return html.read(source)
    if format == "text":
        from gklint.documents import text

        return text.read(source)
    known = ", ".join(dict.fromkeys(FORMATS.values()))
    raise UsageError(f"unknown format {format!r}: choose one of {known}")


def _is_html(text: str) -> bool:
    return text[:512].lstrip("\ufeff \t\r\n").lower().startswith(("<!doctype html", "<html"))
