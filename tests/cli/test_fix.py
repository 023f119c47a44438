"""``gklint check`` with ``--fix``, ``--unsafe-fixes`` and ``--diff``."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest

from gklint.documents.source import decode
from gklint.errors import WriteError
from gklint.writing import read_original, replace_file
from tests.cli.command import CLEAN, MARKED, OTHER, gklint, write

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
WRONG = CLEAN.replace("| 12 | 30 | 42 |", "| 12 | 30 | 24 |")
"""42 is written 24: likely, not proven formally."""


def test_a_formal_slip_is_fixed_in_place(tmp_path: Path) -> None:
    write(tmp_path, a=MARKED, b=CLEAN, c=OTHER)
    (tmp_path / "a.md").chmod(0o640)
    done = gklint("check", "--fix", cwd=tmp_path)
    assert (done.status, done.out) == (0, "")
    assert done.err.startswith("已修正 1 处（1 个文件）；其余：未发现问题")
    assert (tmp_path / "a.md").read_text("utf-8") == CLEAN
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640
    assert (tmp_path / "c.md").read_text("utf-8") == OTHER
    assert {path.name for path in tmp_path.iterdir()} == {"a.md", "b.md", "c.md", ".cache"}
    again = gklint("check", "--fix", cwd=tmp_path)
    assert again.err.startswith("未发现问题")


def test_likely_fixes_only_when_asked_for(tmp_path: Path) -> None:
    write(tmp_path, a=WRONG)
    done = gklint("check", "--fix", cwd=tmp_path)
    assert done.status == 1
    assert "--fix --unsafe-fixes 可修正 1 处" in done.err
    assert (tmp_path / "a.md").read_text("utf-8") == WRONG
    done = gklint("check", "--fix", "--unsafe-fixes", "--lang", "en", cwd=tmp_path)
    assert (done.status, done.out) == (0, "")
    assert done.err == "Fixed 1 (1 file); left: No problems in 1 file.\n"
    assert (tmp_path / "a.md").read_text("utf-8") == CLEAN


@pytest.mark.parametrize(
    ("encoding", "eol"),
    [("utf-8", "\r\n"), ("utf-8-sig", "\n"), ("utf-16", "\r\n"), ("gb18030", "\n"), ("utf-8", "\r"), ("gb18030", "\r")],
)
def test_encoding_mark_and_line_ends_stay(tmp_path: Path, encoding: str, eol: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(MARKED.replace("\n", eol).encode(encoding))
    assert gklint("check", "--fix", path, cwd=tmp_path).status == 0
    assert path.read_bytes() == CLEAN.replace("\n", eol).encode(encoding)


def test_mixed_line_ends_and_a_missing_last_one_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    text = MARKED.rstrip("\n").replace("风调雨顺。\n", "风调雨顺。\r\n")
    path.write_bytes(text.encode())
    assert gklint("check", "--fix", path, cwd=tmp_path).status == 0
    assert path.read_bytes() == text.replace("５", "5").encode()


def test_diff_writes_nothing_and_can_be_applied(tmp_path: Path) -> None:
    write(tmp_path, a=MARKED, b=CLEAN)
    done = gklint("check", "--diff", cwd=tmp_path)
    assert done.status == 1
    assert done.out == (
        "--- a/a.md\n+++ b/a.md\n@@ -9,5 +9,5 @@\n | 作物 | 春季 | 秋季 | 合计 |\n |---|---|---|---|\n"
        " | 小麦 | 12 | 30 | 42 |\n-| 水稻 | ５ | 8 | 13 |\n+| 水稻 | 5 | 8 | 13 |\n | 总收成 | 17 | 38 | 55 |\n"
    )
    assert done.err == "可修正 1 处（1 个文件）。\n"
    assert (tmp_path / "a.md").read_text("utf-8") == MARKED
    clean = gklint("check", "--diff", "b.md", cwd=tmp_path)
    assert (clean.status, clean.out) == (0, "")
    # What no edit mends is not what --diff is about.
    write(tmp_path, b=WRONG)
    assert gklint("check", "--diff", "b.md", cwd=tmp_path).status == 0
    assert gklint("check", "--diff", "--unsafe-fixes", "b.md", cwd=tmp_path).status == 1


def test_a_diff_says_where_the_last_line_has_no_end(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MARKED.replace("| 38 |", "| ３８ |").rstrip("\n"), "utf-8")
    done = gklint("check", "--diff", "a.md", cwd=tmp_path)
    assert "+| 总收成 | 17 | 38 | 55 |\n\\ No newline at end of file\n" in done.out


def test_standard_input_goes_on_fixed(tmp_path: Path) -> None:
    data = MARKED.replace("\n", "\r\n").encode("gb18030")
    done = gklint("check", "--fix", "-", "--stdin-filename", "a.md", cwd=tmp_path, stdin=MARKED.encode())
    assert (done.status, done.out) == (0, CLEAN)
    assert done.err.startswith("已修正 1 处")
    raw = gklint("check", "--diff", "-", "--stdin-filename", "a.md", cwd=tmp_path, stdin=data)
    assert "+| 水稻 | 5 | 8 | 13 |" in raw.out
    other = gklint("check", "--fix", "-", "--skip-other", cwd=tmp_path, stdin=OTHER.encode())
    assert other.out == OTHER
    left = gklint("check", "--fix", "-", "--stdin-filename", "a.md", cwd=tmp_path, stdin=WRONG.encode())
    assert (left.status, left.out) == (1, WRONG)
    assert "GK4" in left.err


def test_options_that_make_no_sense(tmp_path: Path) -> None:
    write(tmp_path, a=MARKED)
    alone = gklint("check", "--unsafe-fixes", cwd=tmp_path)
    assert alone.status == 2
    assert "--fix or --diff" in alone.err
    assert gklint("check", "--fix", "--diff", cwd=tmp_path).status == 2


def test_only_what_is_selected_is_fixed(tmp_path: Path) -> None:
    text = MARKED.replace("## 一、", "## 1、")
    write(tmp_path, a=text)
    assert gklint("check", "--fix", "--select", "GK1", cwd=tmp_path).status == 0
    assert (tmp_path / "a.md").read_text("utf-8") == MARKED


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    write(tmp_path, real=MARKED)
    folder = tmp_path / "links"
    folder.mkdir()
    (folder / "a.md").symlink_to("../real.md")
    assert gklint("check", "--fix", "links/a.md", cwd=tmp_path).status == 0
    assert (folder / "a.md").is_symlink()
    assert (tmp_path / "real.md").read_text("utf-8") == CLEAN


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to this user")
def test_what_may_not_be_written_is_said_and_the_others_are_fixed(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    write(folder, a=MARKED)
    write(tmp_path, b=MARKED, c=MARKED)
    (tmp_path / "c.md").chmod(0o444)
    folder.chmod(0o555)
    try:
        done = gklint("check", "--fix", "locked/a.md", "b.md", "c.md", cwd=tmp_path)
    finally:
        folder.chmod(0o755)
    assert done.status == 2
    assert done.err.count("cannot be written: Permission denied") == 2
    assert "Traceback" not in done.err
    assert (folder / "a.md").read_text("utf-8") == MARKED
    assert (tmp_path / "b.md").read_text("utf-8") == CLEAN
    assert "locked/a.md:12:8: GK305" in done.out


def test_a_full_disk_leaves_the_file_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a=MARKED)
    source, original = read_original(str(tmp_path / "a.md"))

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="cannot be written: No space left on device"):
        replace_file(original, source, CLEAN)
    assert (tmp_path / "a.md").read_text("utf-8") == MARKED
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_a_file_or_folder_that_may_not_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a=MARKED)
    source, original = read_original(str(tmp_path / "a.md"))

    def forbidden(**_: object) -> tuple[int, str]:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    for module, name, instead in ((tempfile, "mkstemp", forbidden), (os, "access", lambda path, mode: False)):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, instead)
            with pytest.raises(WriteError, match="cannot be written: Permission denied"):
                replace_file(original, source, CLEAN)
    assert (tmp_path / "a.md").read_text("utf-8") == MARKED


def test_a_file_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    write(tmp_path, a=MARKED)
    source, original = read_original(str(path))
    status = path.stat()
    changed = MARKED.replace("风调雨顺", "雨顺风调")
    path.write_text(changed, "utf-8")
    # Same size, same time: only the content tells.
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    with pytest.raises(WriteError, match="was changed while"):
        replace_file(original, source, CLEAN)
    assert path.read_text("utf-8") == changed
    assert [found.name for found in tmp_path.iterdir()] == ["a.md"]


def test_a_file_whose_bytes_would_change_is_refused(tmp_path: Path) -> None:
    write(tmp_path, a=MARKED)
    source, original = read_original(str(tmp_path / "a.md"))
    other = decode(original.data + b" ", "a.md")
    with pytest.raises(WriteError, match="some of its bytes"):
        replace_file(original, other, CLEAN)
    assert (tmp_path / "a.md").read_text("utf-8") == MARKED
    assert source.text == MARKED


def test_formats_say_what_can_be_fixed(tmp_path: Path) -> None:
    write(tmp_path, a=MARKED, b=WRONG, c=CLEAN.replace("| 5 |", "|    |"))
    full = gklint("check", "--output-format", "full", cwd=tmp_path)
    assert "a.md:12:8: 警告 GK305[full-width-digits] [*]" in full.out
    assert " [~] " in full.out
    assert "--fix 可修正 2 处，--fix --unsafe-fixes 可再修正 1 处。" in full.out
    concise = gklint("check", "--output-format", "concise", cwd=tmp_path)
    assert "[*]" not in concise.out
    report = json.loads(gklint("check", "--output-format", "json", cwd=tmp_path).out)
    assert (report["summary"]["fixable"], report["summary"]["fixable_unsafe"]) == (2, 1)
    edits = {found["path"]: found["edits"] for found in report["findings"]}
    assert edits["a.md"] == [
        {"line": 12, "column": 8, "end_line": 12, "end_column": 9, "replacement": "5", "safe": True}
    ]
    # The padding that gives way to the value is the blank cell's text.
    assert edits["c.md"] == [
        {"line": 12, "column": 8, "end_line": 12, "end_column": 9, "replacement": "5", "safe": True}
    ]
    sarif = json.loads(gklint("check", "--output-format", "sarif", "a.md", cwd=tmp_path).out)
    [result] = sarif["runs"][0]["results"]
    [change] = result["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 12, "startColumn": 8, "endLine": 12, "endColumn": 9},
            "insertedContent": {"text": "5"},
        }
    ]


# --- real reports -----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not SEEDS.exists(), reason="the real reports do not stand beside the project")
def test_real_reports_are_fixed_as_far_as_edits_go(tmp_path: Path) -> None:
    first, second = "000_ce66a7de9cdaf2df.txt", "001_611e492656cce8b8.txt"
    for name in (first, second):
        shutil.copy(SEEDS / name, tmp_path)
    before = (tmp_path / first).read_text("utf-8").split("\n")
    report = json.loads(gklint("check", "--output-format", "json", second, cwd=tmp_path, rules=False).out)
    [total] = [found for found in report["findings"] if found["code"] == "GK302"]
    offered = [edit["replacement"].strip() for edit in total["edits"]]
    assert offered == ["3", "0", "0", "0", "0", "0", "3"]

    done = gklint("check", "--fix", "--unsafe-fixes", first, cwd=tmp_path, rules=False)
    assert (done.status, done.out) == (0, "")
    after = (tmp_path / first).read_text("utf-8").split("\n")
    assert len(before) == len(after)
    changed = {number for number, (old, new) in enumerate(zip(before, after, strict=True), 1) if old != new}
    assert {before[number - 1] for number in changed - {5, 411}} == {"\t"}
    assert {after[number - 1] for number in changed - {5, 411}} == {"\t0"}
    assert {5, 411} <= changed

    gklint("check", "--fix", "--unsafe-fixes", second, cwd=tmp_path, rules=False)
    left = json.loads(gklint("check", "--output-format", "json", second, cwd=tmp_path, rules=False).out)
    assert not [found for found in left["findings"] if found["edits"] or found["code"] in ("GK301", "GK302")]
