"""Fingerprints: what they do and do not depend on; GitHub's hash against its own test values."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

import pytest

from gklint.documents.model import Span
from gklint.documents.source import Source, decode
from gklint.output import fingerprint
from gklint.output.fingerprint import fingerprints, line_hashes
from tests.output.samples import BLANK, FINDINGS, PATH, SUM, TEXT, context, finding

# Values of the tests of the action that uploads results, which computes the same hash.
KNOWN = [
    ("", ["c129715d7a2bc9a3:1"]),
    (" a\nb\n  \t\tc\n d", ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]),
    (
        " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
        [
            "e9496ae3ebfced30:1",
            "fb7c023a8b9ccb3f:1",
            "ce8ba1a563dcdaca:1",
            "e20e36e16fcb0cc8:1",
            "b3edc88f2938467e:1",
            "c8e28b0b4002a3a0:1",
            "c129715d7a2bc9a3:1",
        ],
    ),
    (
        "Lorem ipsum dolor sit amet.\n" * 10,
        [
            *(f"a7f2ff13bc495cf2:{n}" for n in range(1, 7)),
            "a7f2ff1481e87703:1",
            "a9cf91f7bbf1862b:1",
            "55ec222b86bcae53:1",
            "cc97dc7b1d7d8f7b:1",
            "c129715d7a2bc9a3:1",
        ],
    ),
]


@pytest.mark.parametrize(("text", "hashes"), KNOWN)
def test_line_hashes_are_those_of_github(text: str, hashes: list[str]) -> None:
    assert list(line_hashes(Source.from_text(text, "x.md"))) == hashes


def slow_hashes(text: str) -> list[str]:
    """The definition, line by line."""
    units = [
        int.from_bytes(pair, "little")
        for pair in zip(*[iter(text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-16-le"))] * 2, strict=True)
    ]
    units = [unit for unit in units if unit not in (0x20, 0x09)]
    starts = [0, *(index + 1 for index, unit in enumerate(units) if unit == 10)]
    units = [*units, 0xFFFF, *[0] * 100]
    values = []
    for start in starts:
        value = 0
        for unit in units[start : start + 100]:
            value = (value * 37 + unit) % 2**64
        values.append(value)
    return [f"{value:x}:{values[: index + 1].count(value)}" for index, value in enumerate(values)]


def test_line_hashes_count_utf_16_units() -> None:
    text = "县\U00020000区\n" * 40 + "合计"
    assert list(line_hashes(Source.from_text(text, "x.md"))) == slow_hashes(text)


@pytest.mark.parametrize("portion", [1, 2, 7, 100, 101, 150])
def test_line_hashes_are_the_same_in_any_portions(portion: int) -> None:
    with patch.object(fingerprint, "_PORTION", portion):
        for text in ("", "\n", "县区\n" * 60, "云" * 149 + "\n" + "山" * 149 + "\n\n县"):
            assert list(line_hashes(Source.from_text(text, "x.md"))) == slow_hashes(text)


def test_line_hashes_are_of_the_bytes_read_as_utf_8() -> None:
    text = "云山县\n合计\n"
    assert list(line_hashes(decode(b"\xef\xbb\xbf" + text.encode(), "x.md"))) == slow_hashes("\ufeff" + text)
    legacy = text.encode("gb18030")
    assert list(line_hashes(decode(legacy, "x.txt"))) == slow_hashes(legacy.decode("utf-8", "replace"))


def moved(lines: int) -> list[str]:
    shift = [
        replace(found, span=Span(found.span.line + lines, found.span.column, found.span.end_line + lines, 99))
        for found in FINDINGS
    ]
    source = Source.from_text("\n" * lines + TEXT, PATH)
    return list(fingerprints(shift, context(sources={PATH: source})))


def test_they_stay_when_lines_move_and_the_language_changes() -> None:
    before = list(fingerprints(FINDINGS, context()))
    assert moved(3) == before
    assert list(fingerprints(FINDINGS, context(lang="en", cwd="/"))) == before


def test_they_stay_when_the_file_is_renamed() -> None:
    renamed = [replace(found, path="b.md") for found in FINDINGS]
    sources = {"b.md": Source.from_text(TEXT, "b.md")}
    assert list(fingerprints(renamed, context(sources=sources))) == list(fingerprints(FINDINGS, context()))


def test_they_stay_when_white_space_changes() -> None:
    source = Source.from_text(TEXT.replace(" | ", "  |\t"), PATH)
    assert list(fingerprints([SUM], context(sources={PATH: source}))) == list(fingerprints([SUM], context()))


def test_they_differ_by_code_line_address_and_count() -> None:
    findings = [
        SUM,
        BLANK,
        BLANK,
        replace(BLANK, code="GK302"),
        replace(BLANK, address=("a",)),
        replace(BLANK, address=("b",)),
        finding(line=5, column=1),
    ]
    assert len(set(fingerprints(findings, context()))) == len(findings)
