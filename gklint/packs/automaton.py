"""Regular expressions run so that time grows with the text only: every way to match is followed at once.

The matcher of the standard library tries one way after the other, and some patterns have more ways on a text than there
is time.  This one gives the same match (the first from the left, greedy and lazy repetitions as written, groups) in
steps of one character; it is slower on easy patterns, knows no references to groups, and looks around at one
character only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from gklint.packs.effort import SIMPLE, UnfitError, character, parsed

MAX_STEPS = 5_000
"""Instructions of one pattern, its counted repetitions written out."""

_CHAR, _SPLIT, _JUMP, _SAVE, _AT, _DONE = range(6)
Instruction = tuple[int, Any, Any]
Saved = tuple[int, ...]


class Found(NamedTuple):
    """A match, as much of `re.Match` as is needed; groups by number or name."""

    text: str
    saved: Saved
    names: dict[str, int]

    def start(self, group: int | str = 0) -> int:
        return self.saved[2 * self._number(group)]

    def end(self, group: int | str = 0) -> int:
        return self.saved[2 * self._number(group) + 1]

    def group(self, group: int | str = 0) -> str | None:
        start = self.start(group)
        return None if start < 0 else self.text[start : self.end(group)]

    def _number(self, group: int | str) -> int:
        return self.names[group] if isinstance(group, str) else group


class Automaton:
    """A compiled pattern.  Raises `UnfitError`."""

    __slots__ = ("_code", "_groups", "_names")

    def __init__(self, pattern: str) -> None:
        tree = parsed(pattern)
        if tree.state.flags & ~re.UNICODE.value:
            raise UnfitError("flags, as (?i)")
        self._groups: int = tree.state.groups
        self._names: dict[str, int] = dict(tree.state.groupdict)
        self._code: list[Instruction] = []
        self._sequence(tree)
        self._emit(_DONE)

    def search(self, text: str) -> Found | None:
        """The first match in the text."""
        code = self._code
        best: Saved | None = None
        empty: Saved = (-1,) * (2 * self._groups)
        threads: list[tuple[int, Saved]] = []
        for index in range(len(text) + 1):
            if best is None:
                # A match that begins here is worth less than any that began before.
                threads.append((0, empty))
            elif not threads:
                break
            char = text[index : index + 1]
            seen: set[int] = set()
            following: list[tuple[int, Saved]] = []
            for begin, saved in threads:
                found = self._follow(begin, saved, index, text, seen)
                for place, marks in found:
                    kind, test, _ = code[place]
                    if kind == _DONE:
                        best = (marks[0], index, *marks[2:])
                        break
                    if char and test(char):
                        following.append((place + 1, marks))
                else:
                    continue
                break  # what comes after a match is worth less
            threads = following
        return None if best is None else Found(text, best, self._names)

    def _follow(self, begin: int, saved: Saved, index: int, text: str, seen: set[int]) -> list[tuple[int, Saved]]:
        """The characters, or the end, that come next from an instruction, the preferred first."""
        if saved[0] < 0:
            saved = (index, *saved[1:])
        found: list[tuple[int, Saved]] = []
        stack = [(begin, saved)]
        while stack:
            place, saved = stack.pop()
            if place in seen:
                continue
            seen.add(place)
            kind, one, other = self._code[place]
            if kind == _SPLIT:
                stack.append((other, saved))
                stack.append((one, saved))
            elif kind == _JUMP:
                stack.append((one, saved))
            elif kind == _SAVE:
                stack.append((place + 1, (*saved[:one], index, *saved[one + 1 :])))
            elif kind == _AT:
                if one(text, index):
                    stack.append((place + 1, saved))
            else:
                found.append((place, saved))
        return found

    # Compiling.

    def _emit(self, kind: int, one: Any = None, other: Any = None) -> int:
        if len(self._code) >= MAX_STEPS:
            raise UnfitError("repetitions that count too far")
        self._code.append((kind, one, other))
        return len(self._code) - 1

    def _sequence(self, tree: Any) -> None:
        for operator, argument in tree:
            self._item(str(operator), argument)

    def _item(self, name: str, argument: Any) -> None:
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, body = argument
            self._repeat(least, most, body, lazy=name == "MIN_REPEAT")
        elif name == "SUBPATTERN":
            group, added, removed, body = argument
            if added or removed:
                raise UnfitError("flags, as (?i:…)")
            if group is not None:
                self._emit(_SAVE, 2 * group)
            self._sequence(body)
            if group is not None:
                self._emit(_SAVE, 2 * group + 1)
        elif name == "BRANCH":
            self._branch(argument[1])
        elif name == "AT":
            self._emit(_AT, _place(str(argument)))
        elif name in ("ASSERT", "ASSERT_NOT"):
            self._emit(_AT, _beside(*argument, wanted=name == "ASSERT"))
        else:
            self._emit(_CHAR, character(name, argument))

    def _branch(self, parts: Sequence[Any]) -> None:
        ends: list[int] = []
        for part in parts[:-1]:
            split = self._emit(_SPLIT)
            self._sequence(part)
            ends.append(self._emit(_JUMP))
            self._code[split] = (_SPLIT, split + 1, len(self._code))
        self._sequence(parts[-1])
        for end in ends:
            self._code[end] = (_JUMP, len(self._code), None)

    def _repeat(self, least: Any, most: Any, body: Any, lazy: bool) -> None:
        for _ in range(int(least)):
            self._sequence(body)
        if str(most) == "MAXREPEAT":
            split = self._emit(_SPLIT)
            self._sequence(body)
            self._emit(_JUMP, split)
            self._split(split, lazy)
            return
        splits: list[int] = []
        for _ in range(int(most) - int(least)):
            splits.append(self._emit(_SPLIT))
            self._sequence(body)
        for split in splits:
            self._split(split, lazy)

    def _split(self, split: int, lazy: bool) -> None:
        """Let a split lead into what follows it, or past everything up to here."""
        inside, past = split + 1, len(self._code)
        self._code[split] = (_SPLIT, past, inside) if lazy else (_SPLIT, inside, past)


def _place(name: str) -> Callable[[str, int], bool]:
    tests: dict[str, Callable[[str, int], bool]] = {
        "AT_BEGINNING": lambda _, index: index == 0,
        "AT_BEGINNING_STRING": lambda _, index: index == 0,
        "AT_END": lambda text, index: index == len(text) or (index == len(text) - 1 and text[index] == "\n"),
        "AT_END_STRING": lambda text, index: index == len(text),
        "AT_BOUNDARY": lambda text, index: _at_boundary(text, index),
        "AT_NON_BOUNDARY": lambda text, index: not _at_boundary(text, index),
    }
    if name not in tests:
        raise UnfitError(name)
    return tests[name]


def _beside(direction: int, body: Any, *, wanted: bool) -> Callable[[str, int], bool]:
    """A look at the one character before or behind a place."""
    if len(body) != 1 or str(body[0][0]) not in SIMPLE:
        raise UnfitError("look-around at more than one character")
    test = character(str(body[0][0]), body[0][1])
    shift = 0 if direction > 0 else -1

    def holds(text: str, index: int) -> bool:
        index += shift
        return (0 <= index < len(text) and test(text[index])) == wanted

    return holds


def _at_boundary(text: str, index: int) -> bool:
    before = index > 0 and _is_word(text[index - 1])
    return before != (index < len(text) and _is_word(text[index]))


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"
