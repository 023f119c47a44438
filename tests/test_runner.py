"""The calls that other programs make."""

from __future__ import annotations

from pathlib import Path

import pytest

import gklint
from gklint.discover import Discovery, Found
from gklint.errors import UsageError
from gklint.runner import run
from tests.cli.command import CLEAN, EMPTY_SECTION, MARKED, OTHER, PACK


def test_every_name_of_the_interface_is_there() -> None:
    assert set(gklint.__all__) <= set(dir(gklint))
    for name in gklint.__all__:
        assert getattr(gklint, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = gklint.nothing  # type: ignore[attr-defined]


def test_check_file(tmp_path: Path) -> None:
    packs = [gklint.load_pack(PACK)]
    (tmp_path / "a.md").write_text(MARKED, "utf-8")
    [found] = gklint.check_file(tmp_path / "a.md", packs)
    assert (found.code, found.severity, found.span) == ("GK305", gklint.Severity.WARNING, gklint.Span(12, 8, 12, 9))
    assert found.path == str(tmp_path / "a.md")
    [missing] = gklint.check_file(tmp_path / "no.md", packs)
    assert missing.code == "GK001"


def test_check_text() -> None:
    packs = [gklint.load_pack(PACK)]
    assert gklint.check_text(CLEAN, "a.md", packs=packs) == []
    assert [found.code for found in gklint.check_text(CLEAN, format="markdown", packs=packs)] == []
    [found] = gklint.check_text(EMPTY_SECTION, "a.md", packs=packs)
    assert (found.code, found.path) == ("GK105", "a.md")
    [none] = gklint.check_text(OTHER, packs=packs)
    assert (none.code, none.path) == ("GK002", "-")
    with pytest.raises(UsageError, match="unknown format 'docx'"):
        gklint.check_text(CLEAN, format="docx", packs=packs)


def test_a_run_counts_and_keeps_the_sources_of_findings(tmp_path: Path) -> None:
    for name, text in (("b.md", MARKED), ("a.md", CLEAN), ("c.md", OTHER)):
        (tmp_path / name).write_text(text, "utf-8")
    files = [Found(str(tmp_path / name), False) for name in ("c.md", "b.md", "a.md", "gone.md")]
    calls: list[tuple[int, int]] = []
    result = run(
        Discovery(files, [("x", "Permission denied")]),
        [gklint.load_pack(PACK)],
        progress=lambda done, total: calls.append((done, total)),
    )
    assert [(Path(found.path).name, found.code) for found in result.findings] == [
        ("b.md", "GK305"),
        ("gone.md", "GK001"),
        ("x", "GK001"),
    ]
    assert (result.checked, result.skipped, result.applied) == (3, 1, {"harvest"})
    assert list(result.sources) == [str(tmp_path / "b.md")]
    assert calls == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    assert result.findings[2].message.en == "folder cannot be read: Permission denied"


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01", b"\xff\xfe\x00\xd8x\x00", b"\xe5\xb7\xa5\xff\xff\xff", b"a\x01\x02\x03b"],
    ids=["nul", "utf-16", "damaged", "controls"],
)
def test_an_unreadable_file_is_told_in_both_languages(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.md").write_bytes(data)
    [found] = gklint.check_file(tmp_path / "a.md", [gklint.load_pack(PACK)])
    assert found.code == "GK001"
    assert found.message.zh.startswith("文件")
    assert not any("a" <= char <= "z" for char in found.message.zh.replace("gklint", "").replace("0x", ""))
    assert found.message.en.startswith("file ")
    assert found.message.en.isascii()
