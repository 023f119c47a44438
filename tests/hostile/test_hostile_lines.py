"""Everything on one line: as long as a disk has room for, and with as many findings as a page has cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from gklint.output import FORMATS
from tests.cli.command import CLEAN
from tests.hostile.running import MEMORY, WITNESSED, codes, hostile, witness
from tests.hostile.texts import PLAIN, TABLE, page

LONG = 50_000_000
"""Bytes of a line."""


@pytest.mark.parametrize(
    ("name", "before", "char", "after"),
    [
        ("words.md", f"{CLEAN}\n", "字", "\n"),
        ("cell.md", CLEAN.replace("| 水稻", "| \0"), "水", "稻"),
        ("words.html", "", "字", page(TABLE)),
        ("letters.txt", f"{PLAIN}\n", "a ", "\n"),
    ],
)
def test_a_line_of_fifty_megabytes(tmp_path: Path, name: str, before: str, char: str, after: str) -> None:
    text = char * (LONG // len(char.encode()))
    whole = before.replace("\0", text + after) if "\0" in before else before + text + after
    (tmp_path / name).write_text(whole, "utf-8")
    witness(tmp_path)
    # A document may take twenty-five times its size; in one of fifty megabytes no character may be an object.
    ran = hostile(tmp_path, "check", "--no-cache", "--output-format=concise", name, "zz.md", memory=MEMORY)
    wanted = {"words.md": set(), "cell.md": {"GK206"}, "words.html": set(), "letters.txt": {"GK201"}}[name]
    assert codes(ran.out, name) == wanted
    assert WITNESSED in ran.out
    assert max(map(len, ran.out.splitlines())) < 500


@pytest.mark.parametrize("format", FORMATS)
def test_a_line_with_very_many_findings(tmp_path: Path, format: str) -> None:
    # A web page without a line end: each place must be told without going through the line again.
    count = 40_000
    (tmp_path / "a.html").write_text(page(TABLE + "<!-- gklint: ignore GK305 -->中" * count), "utf-8")
    ran = hostile(tmp_path, "check", "--no-cache", f"--output-format={format}", "a.html", stdin=None)
    assert ran.status == 0
    shown = ran.out.count("GK004")
    assert shown >= count if format != "sarif" else shown >= 1
