"""Comparing what a report prints with what a form prints: width, white space and punctuation never matter."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from gklint.packs.model import Label
from gklint.regex import lazy

# All that is neither letter nor digit.
_OTHERS = lazy(r"[\W_]+")


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """The letters and digits of ``text``, half width, lower case: what two labels must share to be the same.

    White space, punctuation, quotes and brackets are dropped: they vary between copies of one form.  A plus or minus
    sign between words is dropped with them.
    """
    return fold_long(text)


def fold_long(text: str) -> str:
    """The same for a text that will not come again."""
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).lower()
    return folded if folded.isalnum() else _OTHERS.sub("", folded)


UNLIKE = 0.4
"""Likenesses below this are all the same to every caller: nothing alike."""


@lru_cache(maxsize=8192)
def similarity(first: str, second: str) -> float:
    """How alike two folded texts are: 1 minus the edit distance over the longer length, swapped neighbours being one
    edit.

    Texts that are less alike than ``UNLIKE`` may count as 0.
    """
    if first == second:
        return 1.0
    longer = max(len(first), len(second))
    if not first or not second or longer > 200:
        return 0.0
    # No more characters than both have can agree: where those are too few, nobody asks how few.
    if sum(map(second.__contains__, first)) < UNLIKE * longer:
        return 0.0
    return 1.0 - edit_distance(first, second) / longer


def edit_distance(first: str, second: str) -> int:
    """The optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours."""
    before: list[int] = []
    previous = list(range(len(second) + 1))
    for i, left in enumerate(first, 1):
        current = [i]
        for j, right in enumerate(second, 1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (left != right))
            if i > 1 and j > 1 and left == second[j - 2] and right == first[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        before, previous = previous, current
    return previous[-1]


def spellings(label: Label) -> tuple[str, ...]:
    """The folded official text and accepted variants of a label, the official one first."""
    return (fold(label.text), *(fold(text) for text in label.accepts))


def likeness(text: str, label: Label) -> float:
    """How alike a folded text is to a label: the best over its spellings."""
    return max(similarity(text, spelling) for spelling in spellings(label))
