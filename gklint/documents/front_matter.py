"""Front matter: the block of settings that many site builders expect at the top of a Markdown file."""

from __future__ import annotations

from collections.abc import Sequence

from gklint.documents.model import Located
from gklint.regex import lazy

_SETTING = lazy(r"[\w.\"'-][^:=]{0,80}[:=](?:\s|$)|#|\[")
_TITLE = lazy(r"(?:title|\"title\"|'title')\s*[:=]\s*(?P<quote>[\"']?)(?P<title>\S.*?)(?P=quote)\s*(?:\s#.*)?")
_TITLE_LENGTH = 1000


def front_matter(lines: Sequence[str]) -> tuple[int, Located | None]:
    """The number of lines that front matter takes up, 0 without any, and the title that it gives.

    A ``---`` at the top can also be a rule: what follows must begin as settings do, and end with a line of its own.
    """
    fence = lines[0].rstrip() if lines else ""
    if fence not in ("---", "+++"):
        return 0, None
    ends = ("---", "...") if fence == "---" else ("+++",)
    title: Located | None = None
    first = True
    for index in range(1, len(lines)):
        line = lines[index]
        if line.rstrip() in ends:
            return index + 1, title
        if first and line.strip():
            if not _SETTING.match(line):
                return 0, None
            first = False
        if title is None and len(line) <= _TITLE_LENGTH and "title" in line[:8]:
            match = _TITLE.fullmatch(line)
            if match:
                title = Located(match["title"], index + 1, match.start("title") + 1)
    return 0, None
