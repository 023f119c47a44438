"""The JSON Schema of a pack: itself in order, and saying of every key what the loader knows of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import gklint.packs.build
import gklint.packs.examples
from gklint.packs.grammar import NAME
from gklint.packs.schema import pack_schema, schema_path


def walk(schema: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema inside a schema, with its place."""
    if not isinstance(schema, dict):
        return
    yield where, schema
    for key in ("properties", "$defs"):
        for name, inner in schema.get(key, {}).items():
            yield from walk(inner, f"{where}/{name}")
    for key in ("items", "additionalProperties"):
        yield from walk(schema.get(key), f"{where}/{key}")


def properties() -> dict[str, dict[str, Any]]:
    """Every key of the language: place to schema."""
    return {
        f"{where}/{name}": inner
        for where, schema in walk(pack_schema())
        for name, inner in schema.get("properties", {}).items()
    }


def test_the_schema_is_a_schema() -> None:
    assert pack_schema()["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(pack_schema())


@pytest.mark.parametrize("where", sorted(properties()))
def test_every_key_is_explained(where: str) -> None:
    schema = properties()[where]
    assert schema["title"]
    assert re.search(r"\.$|left out; |pack's id", schema["description"]) or where.endswith("/severity")
    assert schema.get("examples")
    validator = Draft202012Validator(pack_schema() | {"properties": {}, "required": []})
    for example in schema["examples"]:
        assert list(validator.evolve(schema=schema | {"$defs": pack_schema()["$defs"]}).iter_errors(example)) == []


def test_every_mapping_is_closed() -> None:
    for where, schema in walk(pack_schema()):
        if "object" in schema.get("type", ()):
            assert "additionalProperties" in schema, where
            assert schema["additionalProperties"] is not True, where


def test_every_definition_is_used() -> None:
    text = schema_path().read_text("utf-8")
    assert {name for name in pack_schema()["$defs"] if f'"#/$defs/{name}"' not in text} == set()


def test_the_loader_and_the_schema_know_the_same_keys() -> None:
    loader = "".join(
        Path(module.__file__ or "").read_text("utf-8") for module in (gklint.packs.build, gklint.packs.examples)
    )
    source = r"\b(?:value|data|item|applies|change|finding)"
    read = set(re.findall(rf"""{source}(?:\[|\.get\()"(\w+)\"""", loader))
    read |= set(re.findall(rf"""\"(\w+)" (?:not )?in {source}\b""", loader))
    # The last words of two helpers that are told which key to read, and of the keys that rows and columns share.
    read |= {"label", "text", "title", "rows", "columns", "replace", "delete", "insert", "with"}
    assert read == {where.rsplit("/", 1)[-1] for where in properties()}


@pytest.mark.parametrize("name", ["a", "_x1", "一", "第一项", "é", "x" * 50])
def test_names_are_allowed_by_the_schema_where_they_are_by_the_grammar(name: str) -> None:
    pattern = pack_schema()["properties"]["tables"]["propertyNames"]["pattern"]
    assert re.search(pattern, name)
    assert NAME.fullmatch(name)


@pytest.mark.parametrize("name", ["", "1a", "a-b", "a b", "a.b", "*", "a:b"])
def test_what_is_no_name(name: str) -> None:
    pattern = pack_schema()["properties"]["tables"]["propertyNames"]["pattern"]
    assert not re.search(pattern, name)
    assert not NAME.fullmatch(name)
