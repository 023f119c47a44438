"""How much a backtracking matcher may have to try to match a regular expression, by an estimate that is never low."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

MAX_TRIES = 20_000_000
"""What the standard library may have to try on one text; it is done with that in half a second."""

_MANY = 64
SIMPLE = ("LITERAL", "NOT_LITERAL", "ANY", "IN")
"""The items of a pattern that stand for one character."""


class UnfitError(Exception):
    """A pattern that cannot be run like this; the message says what is in it."""


class Effort(NamedTuple):
    """The ways to match a pattern at one place of a text of ``n`` characters, ``factor * (n + 1) ** degree`` at most.

    ``peak`` has a factor and a degree likewise, of the places looked at on a way that comes to nothing.
    """

    factor: int = 1
    degree: int = 0
    peak: tuple[int, int] = (1, 0)

    def tries(self, length: int) -> int:
        """What there is to try on a text of that length, beginning at each of its places."""
        ways = ((self.factor, self.degree), self.peak)
        return (length + 1) * max(factor * int((length + 1) ** min(degree, _MANY)) for factor, degree in ways)

    def quick(self, length: int) -> bool:
        """Whether any text of that length is soon done with."""
        return self.tries(length) <= MAX_TRIES

    def then(self, other: Effort) -> Effort:
        """This, and after it the other."""
        degree = self.degree + other.degree
        peak = (min(self.factor * other.peak[0], 2**_MANY), self.degree + other.peak[1])
        return Effort(
            min(self.factor * other.factor, 2**_MANY), degree, max(self.peak, peak, key=lambda one: (one[1], one[0]))
        )


_ONE = Effort()
_NEVER = Effort(2**_MANY, _MANY)


def effort(pattern: str) -> Effort:
    """What a pattern that compiles may cost."""
    return effort_of(parsed(pattern))


def parsed(pattern: str) -> Any:
    """A pattern as the standard library's own parser reads it: private, but no other reads exactly what `re` does."""
    return import_module("re._parser").parse(pattern)


def effort_of(tree: Any) -> Effort:
    """The same for a pattern that is parsed."""
    return _sequence(tree, not tree.state.flags & re.IGNORECASE.value)


def _sequence(tree: Any, exact: bool) -> Effort:
    """``exact``: a letter stands for itself alone, not for the small or capital one as well."""
    total = _ONE
    items = list(tree)
    for number, (operator, argument) in enumerate(items):
        repeats = str(operator) in ("MAX_REPEAT", "MIN_REPEAT")
        if repeats and exact and _ends_by_itself(argument[2], items[number + 1 : number + 2]):
            # In the end it takes all that it can take, whatever is tried before.
            total = total.then(Effort(1, 0, (1, 1)))
        else:
            total = total.then(_item(str(operator), argument, exact))
    return total


def _ends_by_itself(body: Any, behind: Any) -> bool:
    """Whether a repeated character cannot be the one that must follow the repetition."""
    if len(body) != 1 or str(body[0][0]) not in SIMPLE or not behind:
        return False
    operator, argument = behind[0]
    while str(operator) == "SUBPATTERN" and len(argument[3]):
        operator, argument = argument[3][0]
    if str(operator) != "LITERAL":
        return False
    return not character(str(body[0][0]), body[0][1])(chr(argument))


def _item(name: str, argument: Any, exact: bool) -> Effort:
    if name in SIMPLE or name == "AT":
        return _ONE
    if name == "SUBPATTERN":
        return _sequence(argument[3], exact and not argument[1])
    if name == "BRANCH":
        return _branch(argument[1], exact)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, body = argument
        return _repeat(least, most, body, exact)
    if name in ("ASSERT", "ASSERT_NOT"):
        return _sequence(argument[1], exact)
    if name == "ATOMIC_GROUP":
        return _sequence(argument, exact)
    if name == "GROUPREF":
        return Effort(1, 0, (1, 1))  # compared once, however long the group's text is
    return _NEVER


def _branch(parts: Any, exact: bool) -> Effort:
    efforts = [_sequence(part, exact) for part in parts]
    heads = [part[0] if len(part) else ("", None) for part in parts]
    first = Counter(argument for operator, argument in heads if exact and str(operator) == "LITERAL")
    # Of alternatives that begin with different characters, only one can match.
    together = max(first.values(), default=0) + len(parts) - sum(first.values())
    peak = (max(one.peak[0] for one in efforts) * together, max(one.peak[1] for one in efforts))
    return Effort(max(one.factor for one in efforts) * together, max(one.degree for one in efforts), peak)


def _repeat(least: Any, most: Any, body: Any, exact: bool) -> Effort:
    inner = _sequence(body, exact)
    turns, width = int(most), int(most) - int(least)
    low, high = body.getwidth()
    if inner == _ONE and (width == 0 or low == high > 0):
        # One way for each number of turns.
        return Effort(1, 1) if width > 1000 else Effort(width + 1)
    if turns == 1:
        return Effort(2).then(inner)
    if turns > 20:
        return _NEVER
    total = _ONE
    for _ in range(turns):
        total = total.then(Effort(2)).then(inner)
    return total


# --- one character ----------------------------------------------------------------------------------------------------


def character(name: str, argument: Any) -> Callable[[str], bool]:
    """What tells whether a character is one that an item of the pattern stands for."""
    if name == "LITERAL":
        return chr(argument).__eq__
    if name == "NOT_LITERAL":
        return chr(argument).__ne__
    if name == "ANY":
        return "\n".__ne__
    if name == "IN":
        return lambda char: in_set(argument, ord(char))
    raise UnfitError(
        "a reference to a group" if name.startswith("GROUPREF") else "a repetition that gives nothing back"
    )


def in_set(items: Any, mark: int) -> bool:
    """Whether a character is in a set, ``[…]``, as the standard library's parser gives it."""
    negated = False
    hit = False
    for operator, argument in items:
        name = str(operator)
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            hit = hit or argument == mark
        elif name == "RANGE":
            hit = hit or argument[0] <= mark <= argument[1]
        elif name == "CATEGORY":
            hit = hit or in_category(str(argument), chr(mark))
    return hit != negated


def in_category(category: str, character: str) -> bool:
    """Whether a character is in a category such as ``CATEGORY_NOT_DIGIT``."""
    letter = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}[category.rsplit("_", 1)[-1]]
    return (re.match(letter, character) is None) == ("_NOT_" in category)
