"""The comparison of a pack's data with its JSON Schema, each mistake as one message at its place."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from gklint.errors import GklintError
from gklint.packs.nearest import did_you_mean, listing, nearest
from gklint.packs.positions import Located, Route

_KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}
MAX_PROBLEMS = 200
"""Mistakes of one file that are told; a file with more is not a pack at all."""


def schema_path() -> Path:
    """The JSON Schema (Draft 2020-12) of a pack, for editors."""
    return Path(__file__).with_name("pack.schema.json")


@cache
def pack_schema() -> dict[str, Any]:
    """The JSON Schema of a pack."""
    schema: dict[str, Any] = json.loads(schema_path().read_text(encoding="utf-8"))
    return schema


def check_data(located: Located, schema: dict[str, Any] | None = None, whole: str = "a pack") -> list[GklintError]:
    """Where the data differs from the schema, in the file's order, the first MAX_PROBLEMS of it.

    The schema is that of packs unless another is given; ``whole`` is what the data as a whole is called.
    """
    from itertools import islice

    from jsonschema import Draft202012Validator

    errors = Draft202012Validator(pack_schema() if schema is None else schema).iter_errors(located.data)
    told = (problem for error in errors for problem in _problems(error, located, whole))
    problems = list(islice(told, MAX_PROBLEMS))
    return sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0))


def _problems(error: Any, located: Located, whole: str) -> Iterable[GklintError]:
    route: Route = tuple(error.absolute_path)
    kind = error.validator
    if kind == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        return (
            located.key_error((*route, key), f"unknown key {key!r}{_which(key, known)}")
            for key in error.instance
            if key not in known
        )
    if "propertyNames" in error.absolute_schema_path:
        name = error.instance
        wanted = error.schema.get("description", "another form")
        return [located.key_error((*route, name), f"found the name {name!r}; allowed: {wanted}")]
    if kind == "required":
        # One error for each missing key: the key is the one quoted by the validator, in the order of the schema.
        missing = next(key for key in error.validator_value if f"{key!r} is a required property" == error.message)
        known = error.schema.get("properties", {})
        strange = [key for key in error.instance if key not in known][:20]
        if any(nearest(key, known) == missing for key in strange):
            return []  # it is there, misspelt, and that is told
        return [
            located.error(route, f"{_what(route, whole)} needs the key {missing!r}{_purpose(error.schema, missing)}")
        ]
    if kind == "type" and error.instance is None:
        return [
            located.error(route, f"{_what(route, whole)} is left empty; allowed is {_kinds(error.validator_value)}")
        ]
    if kind == "enum" and isinstance(error.instance, (dict, list)):
        return []  # the type is wrong as well, and has been told
    return [located.error(route, f"{_found(error.instance)}{_allowed(error)}")]


def _what(route: Route, whole: str) -> str:
    """What stands at a route, for messages."""
    if not route:
        return whole
    last = route[-1]
    return f"item {last + 1} of {str(route[-2])!r}" if isinstance(last, int) else repr(last)


def _purpose(schema: dict[str, Any], key: str) -> str:
    about = schema.get("properties", {}).get(key, {}).get("description")
    return f": {_phrase(about)}" if about else ""


def _phrase(sentence: str) -> str:
    """A description as the end of a message."""
    return sentence[0].lower() + sentence[1:].rstrip(".")


def _which(key: str, known: list[str]) -> str:
    hint = did_you_mean(key, known)
    return hint or f"; allowed are {listing(known, 20)}"


def _kinds(types: str | list[str]) -> str:
    names = [_KINDS[name] for name in ([types] if isinstance(types, str) else types)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _found(value: Any) -> str:
    if isinstance(value, bool):
        return f"found {str(value).lower()}"
    if isinstance(value, str):
        return f"found {(value[:60] + '…' if len(value) > 60 else value)!r}" if value else "found an empty text"
    if isinstance(value, dict):
        return "found a mapping" if value else "found an empty mapping"
    if isinstance(value, list):
        return f"found a list of {len(value)}" if value else "found an empty list"
    return f"found {value}"


def _allowed(error: Any) -> str:
    kind, wanted, value = error.validator, error.validator_value, error.instance
    if kind == "type":
        quotes = "; put a number in quotes to make it a text" if "string" in wanted and _number(value) else ""
        return f"; allowed is {_kinds(wanted)}{quotes}"
    if kind == "enum":
        words = [word for word in wanted if isinstance(word, str)]
        hint = did_you_mean(value, words) if isinstance(value, str) else ""
        return f"; allowed are {listing(words)}" if not hint else f"{hint} (allowed are {listing(words)})"
    if kind == "pattern":
        about = error.schema.get("description", "")
        return f"; allowed is: {_phrase(about)}" if about else f"; it must be of the form {wanted}"
    if kind == "maxLength":
        return f" of {len(value)} characters; at most {wanted} are allowed"
    if kind in ("minimum", "maximum"):
        return f"; the {'smallest' if kind == 'minimum' else 'largest'} that is allowed is {wanted}"
    if kind == "uniqueItems":
        return " with an item that stands there twice"
    if kind in ("minLength", "minItems", "minProperties"):
        return "; at least one is wanted" if kind != "minLength" else ""
    return f"; {error.message}"


def _number(value: Any) -> bool:
    from decimal import Decimal

    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)
