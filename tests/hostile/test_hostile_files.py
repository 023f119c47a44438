"""Files that are none, that nobody may read, or that change under the hands of the run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.cli.command import CLEAN, EMPTY_SECTION, MARKED, PACK, ROOT
from tests.hostile.running import WITNESSED, codes, hostile, one_message, unprivileged, witness

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
CHECK = ("check", "--no-cache", "--output-format=concise", "--lang=en", "--jobs=1")


@pytest.fixture(autouse=True)
def _witness(tmp_path: Path) -> None:
    witness(tmp_path)


def message(out: str, name: str) -> str:
    [line] = [line for line in out.splitlines() if line.startswith(f"{name}:")]
    return line


def test_a_pipe_that_nothing_writes_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    (tmp_path / "link.md").symlink_to("a.md")
    ran = hostile(tmp_path, *CHECK, ".")
    assert ran.out.splitlines() == [line for line in ran.out.splitlines() if line.startswith(WITNESSED)]
    ran = hostile(tmp_path, *CHECK, "a.md", "zz.md")
    assert "GK001 file cannot be read: it is a pipe that nothing writes to" in message(ran.out, "a.md")
    assert WITNESSED in ran.out
    for words in (["--config=a.md"], ["--rules=a.md"], ["--baseline=a.md"]):
        ran = hostile(tmp_path, *CHECK, *words, "zz.md")
        assert ran.status == 2
        assert "it is a pipe that nothing writes to" in ran.err


def test_a_pipe_with_a_late_writer_is_a_report(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")

    def write() -> None:
        with (tmp_path / "a.md").open("wb") as file:
            for part in (MARKED.encode()[:100], MARKED.encode()[100:]):
                file.write(part)
                file.flush()

    writer = threading.Timer(0.3, write)
    writer.start()
    ran = hostile(tmp_path, *CHECK, "a.md", "zz.md")
    writer.join()
    assert codes(ran.out, "a.md") == {"GK305"}
    assert WITNESSED in ran.out


def test_devices(tmp_path: Path) -> None:
    (tmp_path / "zero.md").symlink_to("/dev/zero")
    ran = hostile(tmp_path, *CHECK, "/dev/zero", "/dev/null", "zero.md", "zz.md")
    for name in ("/dev/zero", "/dev/null"):
        assert "GK001 file cannot be read: it is a device, not a file" in message(ran.out, name)
    assert WITNESSED in ran.out
    for option, what in (("config", "a configuration"), ("rules", "a pack"), ("baseline", "a baseline")):
        ran = hostile(tmp_path, *CHECK, f"--{option}=/dev/zero", "zz.md")
        assert ran.status == 2
        assert f"MB, the most that {what} may have" in ran.err


def test_links_in_circles(tmp_path: Path) -> None:
    (tmp_path / "self.md").symlink_to("self.md")
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    (tmp_path / "here").symlink_to(".")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "up").symlink_to("..")
    (tmp_path / "deep" / "a.md").write_text(EMPTY_SECTION, "utf-8")
    ran = hostile(tmp_path, *CHECK, ".")
    assert [line.split(" ")[0] for line in ran.out.splitlines()] == ["deep/a.md:3:4:", "zz.md:3:4:"]
    ran = hostile(tmp_path, *CHECK, "self.md", "one", "zz.md")
    assert ran.status == 2
    one_message(ran, "'self.md'", "'one'")


@pytest.mark.skipif(sys.platform != "linux", reason="root cannot be told elsewhere what it may not do")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "locked" / "a.md").write_text(CLEAN, "utf-8")
    (tmp_path / "secret.md").write_text(CLEAN, "utf-8")
    (tmp_path / "secret.md").chmod(0)
    (tmp_path / "locked").chmod(0)
    try:
        ran = hostile(tmp_path, *CHECK, ".", limits=unprivileged)
        assert "GK001 folder cannot be read: Permission denied" in message(ran.out, "locked")
        assert "GK001 file cannot be read: Permission denied" in message(ran.out, "secret.md")
        assert WITNESSED in ran.out
        for option in ("--config", "--rules", "--baseline"):
            ran = hostile(tmp_path, *CHECK, f"{option}=secret.md", "zz.md", limits=unprivileged)
            assert ran.status == 2
            assert "cannot be read: Permission denied" in ran.err
    finally:
        (tmp_path / "locked").chmod(0o700)


@pytest.mark.parametrize("more", [[], ["--fix"]], ids=["check", "fix"])
def test_files_that_change_while_the_run_goes_on(tmp_path: Path, more: list[str]) -> None:
    # The run has found all files when it reads the first, a pipe; while it waits for that, the others change.
    os.mkfifo(tmp_path / "0.md")
    names = ("vanishes.md", "grows.md", "folder.md", "device.md", "pipe.md", "shrinks.md")
    for name in names:
        (tmp_path / name).write_text(CLEAN, "utf-8")

    def change() -> None:
        with (tmp_path / "0.md").open("wb") as file:
            for name in names:
                (tmp_path / name).unlink()
            (tmp_path / "grows.md").write_text(EMPTY_SECTION + "\n## 三、其他\n", "utf-8")
            (tmp_path / "folder.md").mkdir()
            (tmp_path / "device.md").symlink_to("/dev/zero")
            os.mkfifo(tmp_path / "pipe.md")
            (tmp_path / "shrinks.md").write_text("", "utf-8")
            file.write(CLEAN.encode())

    changing = threading.Thread(target=change)
    changing.start()
    ran = hostile(tmp_path, *CHECK, *more, "0.md", *names, "zz.md")
    changing.join()
    reasons = {
        "vanishes.md": "No such file or directory",
        "folder.md": "it is a folder, not a file",
        "device.md": "it is a device, not a file",
        "pipe.md": "it is a pipe that nothing writes to",
    }
    for name, reason in reasons.items():
        assert f"GK001 file cannot be read: {reason}" in message(ran.out, name)
    assert codes(ran.out, "shrinks.md") == {"GK002"}
    assert codes(ran.out, "grows.md") == {"GK105"}
    assert WITNESSED in ran.out


def test_a_working_folder_that_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    ran = hostile(folder, *CHECK, str(tmp_path / "zz.md"), limits=lambda: shutil.rmtree(folder))
    assert ran.status == 2
    one_message(ran, "the working folder cannot be found")


def test_very_many_paths_that_do_not_exist(tmp_path: Path) -> None:
    ran = hostile(tmp_path, *CHECK, *(f"no{number}.md" for number in range(5000)))
    assert ran.status == 2
    one_message(ran, "'no0.md'", "(5000 in all)")
    assert len(ran.err) < 1000


def test_a_name_as_long_as_a_file(tmp_path: Path) -> None:
    ran = hostile(tmp_path, *CHECK, "a" * 100_000)
    assert ran.status == 2
    one_message(ran, "no such file or folder", "…")
    assert len(ran.err) < 5000


def test_too_little_memory_for_one_file_is_a_finding_on_that_file(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("memory cannot be bounded here")
    import resource

    (tmp_path / "a.html").write_text("<p>" + "<b>x</b>" * 300_000, "utf-8")
    for jobs in ("1", "2"):
        words = [*CHECK[:-1], f"--jobs={jobs}", "--no-builtin-rules", f"--rules={PACK}", "a.html", "zz.md"]
        done = subprocess.run(
            [sys.executable, "-m", "gklint", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (90 << 20, 90 << 20)),
        )
        assert "GK001 file cannot be checked: it takes more memory than there is" in message(done.stdout, "a.html")
        assert WITNESSED in done.stdout
        assert (done.returncode, "Traceback" in done.stderr) == (1, False)
