"""The formats ``rdjson`` and ``rdjsonl``: what reviewdog's format asks for."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from gklint.documents.model import Span
from gklint.documents.source import Source
from gklint.findings import Edit, Finding
from gklint.output import rdjson, rdjsonl
from tests.output.samples import BLANK, FINDINGS, PATH, SUM, TEXT, context, finding

# Written after the messages of reviewdog.proto; stricter, as an unknown key is silently dropped there.
POSITION = {
    "type": "object",
    "required": ["line"],
    "additionalProperties": False,
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
}
RANGE = {
    "type": "object",
    "required": ["start"],
    "additionalProperties": False,
    "properties": {"start": POSITION, "end": POSITION},
}
LOCATION = {
    "type": "object",
    "required": ["path"],
    "additionalProperties": False,
    "properties": {"path": {"type": "string", "minLength": 1}, "range": RANGE},
}
SOURCE = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
DIAGNOSTIC = {
    "type": "object",
    "required": ["message", "location", "severity", "code"],
    "additionalProperties": False,
    "properties": {
        "message": {"type": "string", "minLength": 1},
        "location": LOCATION,
        "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
        "source": SOURCE,
        "code": {
            "type": "object",
            "required": ["value"],
            "additionalProperties": False,
            "properties": {"value": {"type": "string"}, "url": {"type": "string"}},
        },
        "suggestions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["range", "text"],
                "additionalProperties": False,
                "properties": {"range": RANGE, "text": {"type": "string"}},
            },
        },
        "related_locations": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["location"],
                "additionalProperties": False,
                "properties": {"message": {"type": "string"}, "location": LOCATION},
            },
        },
    },
}
RESULT = {
    "type": "object",
    "required": ["source", "diagnostics"],
    "additionalProperties": False,
    "properties": {"source": SOURCE, "diagnostics": {"type": "array", "items": DIAGNOSTIC}},
}


def read(findings: list[Finding] = FINDINGS, **options: Any) -> list[Any]:
    whole = json.loads("".join(rdjson.render(findings, context(**options))))
    jsonschema.Draft202012Validator(RESULT).validate(whole)
    assert whole["source"] == {"name": "gklint"}
    lines = [json.loads(line) for line in "".join(rdjsonl.render(findings, context(**options))).splitlines()]
    for line in lines:
        jsonschema.Draft202012Validator(DIAGNOSTIC).validate(line)
        assert line.pop("source") == whole["source"]
    assert lines == whole["diagnostics"]
    return lines


def at(source: bytes, place: dict[str, int]) -> int:
    """The byte that a position names, counted as that format does."""
    lines = source.split(b"\n")
    return sum(len(line) + 1 for line in lines[: place["line"] - 1]) + place["column"] - 1


def applied(source: bytes, suggestion: Any) -> str:
    start, end = (at(source, suggestion["range"][key]) for key in ("start", "end"))
    text: str = suggestion["text"]
    return (source[:start] + text.encode() + source[end:]).decode()


def test_a_diagnostic() -> None:
    found = read()[1]
    assert found["message"] == "“自然人”列合计应为 73，写成 74\n72 + 1 = 73 ≠ 74"
    assert (found["severity"], found["code"]) == ("ERROR", {"value": "GK401"})
    assert found["location"]["path"] == PATH
    assert found["related_locations"][0]["message"] == "本年新收 72"


def test_columns_count_bytes_and_ends_are_exclusive() -> None:
    found = read()[1]["location"]["range"]
    # The row begins with | 合计 |, in which each sign takes three bytes.
    assert found == {"start": {"line": 7, "column": 12}, "end": {"line": 7, "column": 14}}
    source = TEXT.encode()
    assert source[at(source, found["start"]) : at(source, found["end"])] == b"74"
    title = read()[0]["location"]["range"]
    text = source[at(source, title["start"]) : at(source, title["end"])].decode()
    assert text == TEXT.splitlines()[0][2:17]


@pytest.mark.parametrize("char", ["a", "é", "值", "𠀀"])
def test_a_column_behind_any_character(char: str) -> None:
    found = finding(line=1, column=2)
    source = Source.from_text(char + "x", PATH)
    [shown] = read([found], sources={PATH: source})
    assert shown["location"]["range"]["start"]["column"] == len(char.encode()) + 1


def test_a_suggestion_does_what_the_edit_does() -> None:
    [suggestion] = read([BLANK])[0]["suggestions"]
    assert applied(TEXT.encode(), suggestion) == TEXT.replace("74 |  |", "74 | 0 |")
    [suggestion] = read([SUM])[0]["suggestions"]
    assert applied(TEXT.encode(), suggestion) == TEXT.replace("74", "73")


def test_edits_that_belong_together_are_one_suggestion() -> None:
    edits = (Edit(Span(7, 13, 7, 13), "0", True), Edit(Span(5, 3, 5, 7), "新收", True))
    [shown] = read([replace(BLANK, edits=edits)])
    [suggestion] = shown["suggestions"]
    assert applied(TEXT.encode(), suggestion) == TEXT.replace("74 |  |", "74 | 0 |").replace("本年新收", "新收")


def test_without_its_source_a_finding_has_only_its_line() -> None:
    [shown] = read([SUM], sources={})
    assert shown["location"]["range"] == {"start": {"line": 7}}
    assert "suggestions" not in shown


def test_line_ends_in_a_suggestion_are_line_feeds() -> None:
    source = Source.from_text("甲\r\n乙\r\n", PATH)
    edits = (Edit(Span(1, 1, 1, 2), "丙", True), Edit(Span(2, 1, 2, 2), "丁\r\n", True))
    [shown] = read([replace(finding(), edits=edits)], sources={PATH: source})
    assert shown["suggestions"][0]["text"] == "丙\n丁\n"


def test_no_findings() -> None:
    assert read([]) == []
