"""Regular expressions of a pack: whether they compile, and whether they can be trusted with any text."""

from __future__ import annotations

import re
import warnings
from typing import Any

from gklint.packs.automaton import Automaton
from gklint.packs.effort import UnfitError, effort, in_set, parsed
from gklint.packs.matching import MAX_TEXT

MAX_LENGTH = 2_000
MANY = 20
"""A repetition that may go on longer than this counts as unbounded."""


def check_pattern(pattern: str, group: bool = False) -> list[tuple[str, int | None]]:
    """What is wrong with a regular expression: messages, each with an index in the pattern where one is known.

    ``group`` asks for a group, ``(…)``, whose text is the value.
    """
    if len(pattern) > MAX_LENGTH:
        return [(f"a regular expression of {len(pattern)} characters; at most {MAX_LENGTH} are allowed", None)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compiled = re.compile(pattern)
        explodes = _explodes(pattern)
    except Warning as warning:
        return [
            (f"a regular expression that may mean another thing than it seems: {warning}; put '\\' before it", None)
        ]
    except re.error as error:
        return [(f"not a regular expression: {error.msg}", error.pos)]
    except (RecursionError, OverflowError):
        return [("a regular expression that is nested too deeply or counts too far", None)]
    problems: list[tuple[str, int | None]] = []
    if group and compiled.groups == 0:
        problems.append(("the regular expression needs a group, (…), around the text that is the value", None))
    if explodes:
        message = (
            "a repetition inside a repetition, as in (a+)+, can take for ever on some texts; "
            "write it with one repetition, or with a fixed character between the repeated parts"
        )
        problems.append((message, None))
    elif not effort(pattern).quick(MAX_TEXT):
        try:
            Automaton(pattern)
        except UnfitError as unfit:
            message = (
                f"too many ways to match a long text, and {unfit} in it, which can only be looked for one way after "
                "the other; write fewer repetitions"
            )
            problems.append((message, None))
    return problems


def _explodes(pattern: str) -> bool:
    return _search(parsed(pattern))


def _search(tree: Any) -> bool:
    """Whether a repetition repeats something of any length, with nothing fixed to tell the turns apart."""
    for operator, argument in tree:
        if _unbounded(operator, argument):
            body = argument[2]
            if any(not _parted(turn) for turn in _turns(body)) or _search(body):
                return True
        elif any(_search(part) for part in _parts(operator, argument)):
            return True
    return False


def _unbounded(operator: Any, argument: Any) -> bool:
    return str(operator) in ("MAX_REPEAT", "MIN_REPEAT") and int(argument[1]) > MANY


def _parts(operator: Any, argument: Any) -> list[Any]:
    """The patterns directly inside one operator."""
    name = str(operator)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return [argument[2]]
    if name == "SUBPATTERN":
        return [argument[3]]
    if name == "BRANCH":
        return list(argument[1])
    if name in ("ASSERT", "ASSERT_NOT"):
        return [argument[1]]
    if name == "ATOMIC_GROUP":
        return [argument]
    if name == "GROUPREF_EXISTS":
        return [part for part in argument[1:] if part is not None]
    return []


def _turns(body: Any) -> list[list[tuple[Any, Any]]]:
    """The alternatives of a repeated pattern, groups opened."""
    turns: list[list[tuple[Any, Any]]] = [[]]
    for operator, argument in body:
        name = str(operator)
        if name == "SUBPATTERN":
            inner = _turns(argument[3])
        elif name == "BRANCH":
            inner = [turn for part in argument[1] for turn in _turns(part)]
        else:
            inner = [[(operator, argument)]]
        turns = [before + after for before in turns for after in inner][:64]
    return turns


def _parted(turn: list[tuple[Any, Any]]) -> bool:
    """Whether a turn of a repetition holds no open length, or a character that its open parts cannot match."""
    opens = [(operator, argument) for operator, argument in turn if _unbounded(operator, argument)]
    marks = {argument for operator, argument in turn if str(operator) == "LITERAL"}
    return not opens or any(not any(_may_match(argument[2], mark) for _, argument in opens) for mark in marks)


def _may_match(tree: Any, mark: int) -> bool:
    """Whether the character may stand anywhere in what the pattern matches; yes if that is hard to say."""
    for operator, argument in tree:
        name = str(operator)
        if name == "LITERAL":
            if argument == mark:
                return True
        elif name == "NOT_LITERAL":
            if argument != mark:
                return True
        elif name == "IN":
            if in_set(argument, mark):
                return True
        elif name in ("SUBPATTERN", "BRANCH", "MAX_REPEAT", "MIN_REPEAT"):
            if any(_may_match(part, mark) for part in _parts(operator, argument)):
                return True
        elif name != "AT":
            return True
    return False
