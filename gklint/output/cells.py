"""Text on a terminal: how many cells it takes up, and how it is shown without doing anything to the terminal."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from gklint.regex import lazy

TAB = 4
"""Cells that a tab is drawn as, wherever it stands."""

ELLIPSIS = "…"
COMMAND = lazy(r"#(?=#(?:vso)?\[)")
"""The beginning of a command to Azure Pipelines or, as it was first written, to GitHub Actions."""
INERT = r"\\x23"
"""What such a beginning is replaced by, as the replacement of an expression."""


@lru_cache(maxsize=8192)
def shown(char: str) -> str:
    """What is drawn for one character: a tab as spaces; control, format and separator characters as escapes.

    Format characters are escaped although terminals draw nothing for them: one that turns the direction of writing
    would make the line lie, and an invisible one may be the very mistake.
    """
    if char == "\t":
        return " " * TAB
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        code = ord(char)
        if code < 0x100:
            return f"\\x{code:02x}"
        return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return char


@lru_cache(maxsize=8192)
def char_cells(char: str, ambiguous: int = 1) -> int:
    """The cells that one printable character takes up; ``ambiguous`` is the width of those of no fixed width."""
    if " " <= char <= "~":
        return 1
    if unicodedata.category(char) in ("Mn", "Me") or "\u1160" <= char <= "\u11ff":
        # Marks and the vowels and ends of Hangul syllables are drawn onto the character before them.
        return 0
    width = unicodedata.east_asian_width(char)
    if width in ("W", "F"):
        return 2
    return ambiguous if width == "A" else 1


def cells(text: str, ambiguous: int = 1) -> int:
    """The cells that a text without tabs and control characters takes up."""
    if text.isascii():
        return len(text)
    return sum(char_cells(char, ambiguous) for char in text)


def plain(text: str) -> str:
    """A text for one line of output: line ends and tabs as ``\\n``, ``\\r``, ``\\t``, other controls as escapes.

    So is the beginning of what a CI service would take for a command to itself, wherever it stands in its log.
    """
    if "##" in text:
        text = COMMAND.sub(INERT, text)
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return "".join(map(shown, text))


def harmless(text: str) -> str:
    """A text in which only line ends and tabs are left of what is not drawn, for a format that escapes these itself."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char in "\r\n\t" else shown(char) for char in text)


def plain_path(path: str) -> str:
    """A path for the beginning of a line, where nothing may look like a workflow command of GitHub Actions."""
    text = plain(path)
    return f"./{text}" if text.lstrip().startswith("::") else text


def pad(text: str, width: int, ambiguous: int = 1, right: bool = False) -> str:
    """The text filled with spaces to ``width`` cells, the spaces before it if it is to stand at the ``right``."""
    fill = " " * max(width - cells(text, ambiguous), 0)
    return fill + text if right else text + fill


def clip(text: str, width: int, ambiguous: int = 1) -> str:
    """The text cut to at most ``width`` cells, with an ellipsis where something was cut off."""
    if cells(text, ambiguous) <= width:
        return text
    room = width - char_cells(ELLIPSIS, ambiguous)
    kept = 0
    for index, char in enumerate(text):
        kept += char_cells(char, ambiguous)
        if kept > room:
            return text[:index] + ELLIPSIS
    return text
