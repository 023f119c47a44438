"""Taking some items, the same each time, out of sequences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

Pick = Callable[[Sequence[Any]], tuple[Any, ...]]
"""Takes some items, the same each time, out of a sequence."""


def picker(places: Sequence[int]) -> Pick:
    """What takes the items in these places out of a sequence: a tuple, however many they are."""
    if len(places) > 1:
        return itemgetter(*places)
    return (lambda items: (items[places[0]],)) if places else (lambda items: ())
