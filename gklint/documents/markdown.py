"""The reader of Markdown: the quick way for what most reports are, markdown-it-py for all else."""

from __future__ import annotations

from gklint.documents.markdown_plain import NotPlainError, read_plain
from gklint.documents.model import Document
from gklint.documents.source import Source


def read(source: Source) -> Document:
    """Read Markdown.  Any text is some Markdown, so this raises nothing."""
    document = Document(source, "markdown")
    first = 0
    if source.text.startswith(("---", "+++")):
        from gklint.documents.front_matter import front_matter

        first, document.title = front_matter(source.lines)
    try:
        document.blocks = read_plain(source, first)
    except NotPlainError:
        # The library takes longer to load than to read a report.
        from gklint.documents.markdown_blocks import read_blocks

        document.blocks = read_blocks(source, first)
    return document
