"""Everything on one line: as long as a disk has room for, and with as many findings as a page has cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import CLEAN
from tests.hostile.running import MEMORY, WITNESSED, codes, hostile, witness
from tests.hostile.texts import PLAIN, TABLE, page

pytestmark = pytest.mark.slow
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


@pytest.mark.parametrize("words", [["full"], ["json"], ["rdjsonl"], ["gnu", "--column-unit=utf16"]], ids="-".join)
def test_a_line_with_very_many_findings(tmp_path: Path, words: list[str]) -> None:
    # A web page without a line end: each place must be told without going through the line again.
    count = 30_000
    (tmp_path / "a.html").write_text(page(TABLE + "<!-- gklint: ignore GK305 -->中" * count), "utf-8")
    ran = hostile(tmp_path, "check", "--no-cache", "a.html", "--output-format", *words, stdin=None)
    assert ran.status == 0
    assert ran.out.count("GK004") >= count
