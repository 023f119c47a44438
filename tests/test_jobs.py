"""Linting in several processes: the same results, clean ends."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gklint import jobs
from gklint.discover import discover
from gklint.errors import Exit
from gklint.examine import Examined
from gklint.packs import load_packs
from gklint.runner import run
from tests.cli.command import CLEAN, EMPTY_SECTION, MARKED, OTHER, PACK, ROOT, gklint

PACKS = load_packs([PACK])
forks = pytest.mark.skipif(sys.platform != "linux", reason="what is replaced here is not replaced in new processes")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(60):
        text = (CLEAN, MARKED, EMPTY_SECTION, OTHER)[number % 4]
        (folder / f"{number:02}.md").write_text(text, "utf-8")
    (folder / "broken.md").write_bytes(b"\x00\x01")
    return folder


@pytest.mark.parametrize("count", [2, 3, 100])
def test_results_and_their_order_are_the_same(reports: Path, count: int) -> None:
    found = discover([str(reports)])
    one, many = run(found, PACKS), run(found, PACKS, jobs=count)
    assert one.findings
    assert many == one
    assert list(many.sources) == list(one.sources)
    assert multiprocessing.active_children() == []


def test_new_processes_do_as_well(reports: Path) -> None:
    # As where processes are not forked: everything goes through the pipes.
    code = f"""
import sys
from pathlib import Path
from gklint.discover import discover
from gklint.packs import load_packs
from gklint.runner import run
if __name__ == "__main__":
    packs = load_packs([Path({str(PACK)!r})])
    found = discover([{str(reports)!r}])
    one = run(found, packs)
    sys.platform = "darwin"
    assert run(found, packs, jobs=2) == one
    print(len(one.findings))
"""
    script = reports.parent / "script.py"
    script.write_text(code, "utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert int(done.stdout) > 0


@pytest.mark.parametrize("format", ["full", "json", "sarif", "github"])
def test_the_command_says_the_same(reports: Path, format: str) -> None:
    words = ("check", "reports", f"--output-format={format}")
    one = gklint(*words, "--no-cache", "--jobs=1", cwd=reports.parent)
    assert one.status == Exit.FINDINGS
    assert one.out
    for count in (2, 5):
        assert gklint(*words, "--no-cache", f"--jobs={count}", cwd=reports.parent) == one
    # With an empty cache, with what was kept, and with some of it out of date.
    for count in (5, 1, 2):
        assert gklint(*words, f"--jobs={count}", cwd=reports.parent) == one
    assert (reports.parent / ".cache" / "results").is_dir()
    for name in ("09.md", "30.md"):
        (reports / name).write_text(OTHER, "utf-8")
    changed = gklint(*words, "--jobs=5", cwd=reports.parent)
    assert changed == gklint(*words, "--no-cache", "--jobs=1", cwd=reports.parent)
    assert changed != one


@pytest.mark.parametrize("number", ["0", "-1", "two", "1025", "１"])
def test_only_a_number_of_processes_is_one(tmp_path: Path, number: str) -> None:
    done = gklint("check", f"--jobs={number}", cwd=tmp_path)
    assert done.status == Exit.USAGE
    assert "is no number of processes" in done.err


def test_portions_hold_all_files_in_order_and_become_small() -> None:
    tasks = [jobs.Task(number, f"{number:04}.md", False, 0) for number in range(1000)]
    portions = list(jobs._portions(tasks, 2))
    assert [task for portion in portions for task in portion] == tasks
    lengths = [len(portion) for portion in portions]
    assert lengths == sorted(lengths, reverse=True)
    assert (lengths[0], lengths[-1]) == (jobs.MOST_AT_ONCE, 1)


def test_portions_of_long_paths_fit_into_a_pipe() -> None:
    tasks = [jobs.Task(number, "x" * 4000, False, 0) for number in range(100)]
    assert {len(portion) for portion in jobs._portions(tasks, 2)} == {1}


def test_few_files_get_one_process() -> None:
    assert jobs.usual_jobs(0) == 1
    assert jobs.usual_jobs(jobs.FEW * 2 - 1) == 1
    assert 1 <= jobs.usual_jobs(10**6) <= (os.cpu_count() or 1)


@forks
def test_a_process_that_dies_is_one_clear_error(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.getpid()

    def examine(path: str, packs: Any, *, named: bool, kept: bool) -> Examined:
        if path.endswith("30.md") and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(path, packs, named=named, kept=kept)

    real = jobs.examine
    monkeypatch.setattr(jobs, "examine", examine)
    named = r"one of \d+ files from .*(\d\d)\.md' to .*(\d\d)\.md' was ended by signal 9.*--jobs 1"
    with pytest.raises(jobs.WorkerError, match=named) as caught:
        run(discover([str(reports)]), PACKS, jobs=2)
    match = re.search(named, str(caught.value))
    assert match is not None
    assert int(match[1]) <= 30 <= int(match[2])
    assert caught.value.exit_code == Exit.FAILURE
    assert multiprocessing.active_children() == []


@forks
def test_an_error_of_our_own_shows_as_without_processes(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def examine(path: str, packs: Any, *, named: bool, kept: bool) -> Examined:
        if path.endswith("30.md"):
            raise RuntimeError("no luck")
        return real(path, packs, named=named, kept=kept)

    real = jobs.examine
    monkeypatch.setattr(jobs, "examine", examine)
    for count in (1, 2):
        with pytest.raises(RuntimeError, match="no luck") as caught:
            run(discover([str(reports)]), PACKS, jobs=count)
        assert caught.value.__notes__ == [f"while checking {str(reports / '30.md')!r}"]
    assert multiprocessing.active_children() == []


SLOW = """
import os, pathlib, time
from gklint import jobs
real = jobs.examine
def slow(*words, **named):
    pathlib.Path(os.environ["AT_WORK"], str(os.getpid())).touch()
    time.sleep(0.2)
    return real(*words, **named)
jobs.examine = slow
from gklint.cli.main import command
command()
"""
PATIENCE = 30


@pytest.fixture
def start(
    reports: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], subprocess.Popen[bytes]]]:
    """Starts the command, slowed down, in a process group of its own, and waits until it is at work."""
    started: list[subprocess.Popen[bytes]] = []
    signs = tmp_path_factory.mktemp("at-work")
    words = ["--no-cache", "--lang=en", "--no-builtin-rules", f"--rules={PACK}"]

    def run(count: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-c", SLOW, "check", "reports", f"--jobs={count}", *words],
            cwd=reports.parent,
            env={**os.environ, "PYTHONPATH": str(ROOT), "AT_WORK": str(signs)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        started.append(process)
        wanted = int(count) if int(count) > 1 else 0
        until = time.monotonic() + PATIENCE
        while len(children(process)) < wanted or not at_work(process, signs):
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < until
            time.sleep(0.02)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def children(process: subprocess.Popen[bytes]) -> list[int]:
    return [int(number) for number in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def at_work(process: subprocess.Popen[bytes], signs: Path) -> bool:
    """Whether the first process or each of its children has come to its first report."""
    return all((signs / str(number)).exists() for number in children(process) or [process.pid])


def group_ends(process: subprocess.Popen[bytes]) -> bool:
    """Whether every process that was started comes to its end."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


Start = Callable[[str], "subprocess.Popen[bytes]"]


@forks
@pytest.mark.parametrize("count", ["1", "2", "5"])
@pytest.mark.parametrize("whole", [True, False], ids=["all processes", "the first process"])
def test_ctrl_c_ends_all_processes(start: Start, count: str, whole: bool) -> None:
    process = start(count)
    if whole:
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=PATIENCE) == (b"", b"")
    assert process.returncode == 130
    assert group_ends(process)


@forks
@pytest.mark.parametrize("signaled", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_first(start: Start, signaled: signal.Signals) -> None:
    process = start("3")
    process.send_signal(signaled)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == -signaled
    assert group_ends(process)


@forks
@pytest.mark.parametrize("signaled", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_a_process_that_is_killed_ends_the_command(start: Start, signaled: signal.Signals) -> None:
    process = start("2")
    os.kill(children(process)[0], signaled)
    out, error = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (Exit.FAILURE, b"")
    assert len(error.splitlines()) == 1
    assert error.startswith(b"gklint: error: a process that was checking one of ")
    assert f"was ended by signal {signaled.value}".encode() in error
    assert group_ends(process)


def test_progress_counts_every_file(reports: Path) -> None:
    seen: list[tuple[int, int]] = []
    run(discover([str(reports)]), PACKS, jobs=2, progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[0] == (0, 61)
    assert seen[-1] == (61, 61)
