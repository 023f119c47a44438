"""Bytes that are no text, or only nearly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import CLEAN, EMPTY_SECTION
from tests.hostile.running import WITNESSED, codes, hostile, witness

BAD = {
    "nul": CLEAN.encode() + b"\0",
    "nuls": b"\0" * 100_000,
    "broken-utf-8": CLEAN.encode().replace("风".encode(), "风".encode()[:2]),
    "utf-8-to-nowhere": CLEAN.encode() + b"\xff\xff\xff",
    "overlong": b"\xc0\xaf\xe0\x80\xaf" + CLEAN.encode(),
    "surrogates-in-utf-8": CLEAN.encode() + b"\xed\xa0\x80",
    "broken-gb18030": CLEAN.encode("gb18030") + b"\x81\x20\xff",
    "truncated-gb18030": CLEAN.encode("gb18030") + b"\x81",
    "lone-surrogate": b"\xff\xfe" + CLEAN.encode("utf-16-le") + b"\x00\xd8a\x00",
    "low-surrogate": b"\xfe\xff" + CLEAN.encode("utf-16-be") + b"\xdc\x00",
    "truncated-utf-16": b"\xff\xfe" + CLEAN.encode("utf-16-le")[:-1],
    "half-a-pair": b"\xff\xfe" + CLEAN.encode("utf-16-le") + b"\x3d\xd8",
    "nul-in-utf-16": b"\xff\xfe" + (CLEAN + "\0").encode("utf-16-le"),
    "utf-32-out-of-range": b"\xff\xfe\x00\x00" + b"\x00\x00\x11\x00",
    "truncated-utf-32": b"\x00\x00\xfe\xff" + CLEAN.encode("utf-32-be")[:-3],
    "unmarked-utf-16": "报告".encode("utf-16-le") + b"\n\0",
    "controls": b"\x01\x02\x1b[2J" * 1000,
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100,
}
EMPTY = {"nothing": b"", "mark": b"\xef\xbb\xbf", "mark-16": b"\xff\xfe", "line-ends": b"\r\n\r\r\n\n" * 1000}


@pytest.mark.parametrize("suffix", ["md", "html", "txt"])
def test_what_is_no_text_is_one_finding_that_says_why(tmp_path: Path, suffix: str) -> None:
    names = {f"{name}.{suffix}": data for name, data in {**BAD, **EMPTY}.items()}
    for name, data in names.items():
        (tmp_path / name).write_bytes(data)
    witness(tmp_path)
    ran = hostile(tmp_path, "check", "--no-cache", "--output-format=concise", *names, "zz.md")
    for name in names:
        assert codes(ran.out, name) == {"GK001" if name.split(".")[0] in BAD else "GK002"}, name
        assert sum(line.startswith(f"{name}:") for line in ran.out.splitlines()) == 1
    assert WITNESSED in ran.out


def test_standard_input_is_no_better(tmp_path: Path) -> None:
    witness(tmp_path)
    for data in BAD.values():
        ran = hostile(tmp_path, "check", "--no-cache", "--output-format=concise", "-", "zz.md", stdin=data)
        assert codes(ran.out, "-") == {"GK001"}
        assert WITNESSED in ran.out
        break
    ran = hostile(tmp_path, "check", "--no-cache", "--fix", "-", stdin=BAD["nul"])
    assert ran.status == 1
    assert ran.out.encode() == BAD["nul"]


def test_a_report_that_reads_the_other_way_round(tmp_path: Path) -> None:
    text = EMPTY_SECTION.replace("概况", "概\u202e\u2066况\u200b").replace("小麦", "小\x1b[2K麦")
    (tmp_path / "a.md").write_text(text, "utf-8")
    for format in ("full", "concise"):
        out = hostile(tmp_path, "check", "--no-cache", f"--output-format={format}", "a.md").out
        assert "GK1" in out
        assert not set(out) & set("\u202e\u2066\u200b\x1b")
