"""The nearest right name to a wrong one, for error messages."""

from __future__ import annotations

from collections.abc import Iterable

MAX_NAMES = 500
"""Names that are compared: likeness is slow to tell, and a long list is no help to a reader anyway."""


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of ``names`` that is most like ``name``, None if none is like it."""
    from difflib import get_close_matches  # only where there is a mistake to explain

    candidates = list(names)[:MAX_NAMES]
    close = get_close_matches(name[:200], candidates, n=1, cutoff=0.6)
    if close:
        return close[0]
    longer = [candidate for candidate in candidates if len(name) > 1 and candidate.startswith(name)]
    if len(longer) == 1:
        return longer[0]
    # A path written without its beginning, or with another one.
    last = name.rsplit(".", 1)[-1]
    ends = [candidate for candidate in candidates if candidate.rsplit(".", 1)[-1] == last]
    return ends[0] if len(ends) == 1 else None


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """``; did you mean 'columns'?``, or nothing."""
    close = nearest(name, names)
    return f"; did you mean {close!r}?" if close is not None else ""


def listing(names: Iterable[str], limit: int = 12) -> str:
    """The names as a list for a message, cut where it would grow long."""
    all_names = list(names)
    shown = ", ".join(all_names[:limit])
    return f"{shown}, … ({len(all_names)} in all)" if len(all_names) > limit else shown
