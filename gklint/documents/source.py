"""The source of a document: bytes decoded to text, with its lines.  (Decoding is filled in by the reader work.)"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Source:
    """A decoded file.

    ``lines`` are the lines of ``text`` without their ends; only LF, CRLF and a lone CR end a line, as in editors.
    ``starts[i]`` is the offset in ``text`` of line ``i + 1``.
    """

    path: str
    """As given by the user, with ``/``; ``-`` for standard input."""
    text: str
    """Without a byte order mark; line ends as in the file."""
    encoding: str
    """Python's name of the codec: ``utf-8``, ``utf-16-le``, ``gb18030`` …"""
    bom: bytes
    lines: list[str]
    starts: list[int]
