"""Standard streams that are closed, full or gone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import CLEAN, EMPTY_SECTION, PACK, ROOT, Done
from tests.hostile.running import WITNESSED, hostile, one_message, witness

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="streams are other things there")
FULL = Path("/dev/full")
full = pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")


@pytest.fixture(autouse=True)
def _witness(tmp_path: Path) -> None:
    witness(tmp_path)


def closed(folder: Path, *numbers: int, words: tuple[str, ...] = ("check", "--no-cache", "zz.md")) -> Done:
    def close() -> None:
        for number in numbers:
            os.close(number)

    return hostile(folder, *words, limits=close)


@pytest.mark.parametrize("numbers", [(0,), (1,), (2,), (0, 1), (1, 2), (0, 1, 2)])
def test_closed_streams_change_no_exit_code(tmp_path: Path, numbers: tuple[int, ...]) -> None:
    ran = closed(tmp_path, *numbers)
    assert ran.status == 1
    assert (WITNESSED in ran.out) == (1 not in numbers)
    assert ("1 个文件" in ran.err) == (2 not in numbers)


def test_closed_standard_input_is_said(tmp_path: Path) -> None:
    ran = closed(tmp_path, 0, words=("check", "--no-cache", "--lang=en", "-", "zz.md"))
    assert "-:1:1: GK001 file cannot be read: standard input is closed" in ran.out
    assert WITNESSED in ran.out
    ran = closed(tmp_path, 0, words=("show", "-"))
    assert ran.status == 2
    one_message(ran, "standard input is closed")


def test_no_file_takes_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    # A file that is opened under the number of a stream gets what is meant for that.
    ran = closed(tmp_path, 1, 2, words=("check", "--no-cache", "--output-file=out.txt", "--quiet", "zz.md"))
    assert ran.status == 1
    assert (tmp_path / "out.txt").read_text("utf-8").startswith(WITNESSED)
    assert (tmp_path / "zz.md").read_text("utf-8") == EMPTY_SECTION


@full
@pytest.mark.parametrize(
    "words",
    [
        ("check", "--no-cache", "zz.md"),
        ("check", "--no-cache", "--output-format=json", "zz.md"),
        ("check", "--no-cache", "--output-format=sarif", "--quiet", "."),
        ("check", "--show-files", "."),
        ("check", "--fix", "-"),
        ("check", "--diff", "marked.md"),
        ("show", "zz.md"),
        ("rule",),
        ("--version",),
        ("--help",),
        ("schema",),
        ("completion", "bash"),
    ],
    ids=" ".join,
)
def test_output_that_cannot_be_written_is_said(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "marked.md").write_text(CLEAN.replace("| 5 |", "| ５ |"), "utf-8")
    with FULL.open("wb") as stdout:
        rules = words[0] in ("check", "show")
        ran = hostile(tmp_path, *words, rules=rules, stdin=CLEAN.encode(), stdout=stdout)
    assert ran.status == 2
    one_message(ran, "standard output: cannot be written: No space left on device")


@full
def test_full_standard_error_changes_no_exit_code(tmp_path: Path) -> None:
    with FULL.open("wb") as stream:
        ran = hostile(tmp_path, "check", "--no-cache", "zz.md", limits=lambda: os.dup2(stream.fileno(), 2))
        assert (ran.status, ran.out.startswith(WITNESSED)) == (1, True)
        ran = hostile(tmp_path, "check", "--nothing", limits=lambda: os.dup2(stream.fileno(), 2))
        assert ran.status == 2


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_reader_that_goes_away_in_the_middle(tmp_path: Path, jobs: str) -> None:
    for number in range(60):
        (tmp_path / f"{number}.md").write_text(EMPTY_SECTION + "| 甲 | 1 | 2 | 3 |\n" * 200, "utf-8")
    words = ["--no-cache", f"--jobs={jobs}", "--output-format=full", "--no-builtin-rules", f"--rules={PACK}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "gklint", "check", *words, "."],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(100)
    process.stdout.close()
    with process.stderr:
        error = process.stderr.read()
    assert (process.wait(timeout=60), error) == (141, b"")
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
