"""Patterns of paths, as in ``.gitignore``, that no name can keep busy for ever.

A pattern such as ``*a*a*a*a*b`` becomes a regular expression that tries, on a long name of ``a``, every way to share
the name out among the stars.  Here each star but the last of a name takes the first place that fits: if any way fits,
one that begins so does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

MAX_DEEP = 3
"""How many ``**`` between names one pattern may have: each multiplies the ways to share out a path."""

_STAR = "[^/]*"
_STARS = re.compile(r"(?:\[\^/\]\*){2,}")
# A star, what follows it as far as it has a fixed length, and before another star.
_STAR_AND_MORE = re.compile(
    r"\[\^/\]\*((?:\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\[\]()/*?+{}|^$.\\])+?)(?=\[\^/\]\*)", re.DOTALL
)
_DEEP = "(?:/.+)?"
# What a bracket excludes: to git the slash is always among it.
_EXCLUDED = re.compile(r"(\\.)|(\[\^\]?)(?!/)", re.DOTALL)


def path_patterns(lines: Iterable[str]) -> GitIgnoreSpec:
    """The patterns of some lines.  Raises `ValueError` for one that cannot be read, or that has too many ``**``."""
    from pathspec import GitIgnoreSpec

    spec = GitIgnoreSpec.from_lines(lines)
    changed = False
    for pattern in spec.patterns:
        regex = getattr(pattern, "regex", None)
        if regex is None:
            continue
        written: str = regex.pattern
        if written.count(_DEEP) > MAX_DEEP:
            raise ValueError(f"more than {MAX_DEEP} '**' in one pattern")
        bounded = _EXCLUDED.sub(lambda match: match[1] or match[2] + "/", written)
        if bounded.count(_STAR) > 1:
            bounded = _STAR_AND_MORE.sub(r"(?>[^/]*?\1)", _STARS.sub(_STAR, bounded))
        if bounded != written:
            pattern.regex = re.compile(bounded)
            changed = True
    # Anew, for what was made of the patterns as they were.
    return GitIgnoreSpec(spec.patterns) if changed else spec
