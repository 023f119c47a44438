"""Regular expressions that are compiled when they are first used.

Most runs lint a few small files and meet few of the things that modules have an expression for; to compile them all
takes as long as to lint such a file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from re import compile as lazy
else:
    _METHODS = (
        *("match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split"),
        *("pattern", "flags", "groups", "groupindex"),
    )

    class lazy:  # noqa: N801, it stands for a function
        """As `re.compile`; a mistake in the expression shows at its first use."""

        def __init__(self, pattern, flags=0):
            self._pattern = pattern
            self._flags = flags

        def __getattr__(self, name):
            if name not in _METHODS:
                raise AttributeError(name)
            compiled = re.compile(self._pattern, self._flags)
            # From now on they are found at once.
            for method in _METHODS:
                setattr(self, method, getattr(compiled, method))
            return getattr(compiled, name)


__all__ = ["lazy"]
