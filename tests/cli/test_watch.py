"""``--watch``: the real command, with its marks for editors; and what is read again."""

from __future__ import annotations

import argparse
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gklint import runner
from gklint.cli.check import configure
from gklint.cli.watch import BEGIN, END, Watcher
from gklint.discover import Discovery
from tests.cli.command import CLEAN, EMPTY_SECTION, MARKED, PACK, ROOT, gklint, write

PATIENCE = 60


class Watching:
    """A running ``gklint check --watch`` whose output is read line by line."""

    def __init__(self, folder: Path, *words: str) -> None:
        command = [sys.executable, "-W", "error", "-m", "gklint", "check", "--watch", "--watch-interval=0.05", *words]
        self.process = subprocess.Popen(
            [*command, "--no-builtin-rules", f"--rules={PACK}"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "GKLINT_CACHE_DIR": str(folder / ".cache")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._lines: queue.Queue[str | None] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line.decode().rstrip("\r\n"))
        self._lines.put(None)

    def round(self) -> list[str]:
        """The lines between the next two marks."""
        lines: list[str] = []
        while (line := self._lines.get(timeout=PATIENCE)) != END:
            assert line is not None, lines
            lines.append(line)
        assert lines[0] == BEGIN
        return lines[1:]

    def quiet(self, seconds: float) -> bool:
        """Whether nothing is said for that long."""
        try:
            self._lines.get(timeout=seconds)
        except queue.Empty:
            return True
        return False


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Callable[..., Watching]]:
    started: list[Watching] = []

    def start(*words: str) -> Watching:
        started.append(Watching(tmp_path, *words))
        return started[-1]

    yield start
    for one in started:
        # As a user ends it; only so does it say which of its lines ran.
        one.process.send_signal(signal.SIGINT) if os.name != "nt" else one.process.kill()
        try:
            one.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            # Where the tests themselves run in the background, nothing hears that signal.
            one.process.kill()
            one.process.wait(timeout=PATIENCE)
        assert one.process.stdout
        one.reader.join(PATIENCE)
        one.process.stdout.close()


def codes(lines: list[str]) -> list[str]:
    return [word for line in lines for word in line.split() if word.startswith("GK")]


def test_each_change_is_a_round_with_all_findings(tmp_path: Path, watching: Callable[..., Watching]) -> None:
    write(tmp_path, a=EMPTY_SECTION, b=CLEAN)
    running = watching("--output-format=gnu", "--quiet")
    [first] = running.round()
    assert first.startswith("a.md:3:4")
    assert ": error: GK105 " in first
    assert running.quiet(0.5)
    write(tmp_path, b=MARKED)
    assert codes(running.round()) == ["GK105", "GK305"]
    write(tmp_path, **{"新 稿": EMPTY_SECTION})
    assert codes(running.round()) == ["GK105", "GK305", "GK105"]
    (tmp_path / "a.md").unlink()
    assert codes(running.round()) == ["GK305", "GK105"]
    assert running.process.poll() is None


def test_a_mistake_in_the_configuration_is_told_and_forgotten(
    tmp_path: Path, watching: Callable[..., Watching]
) -> None:
    write(tmp_path, a=EMPTY_SECTION)
    running = watching("--output-format=gnu", "--quiet")
    assert codes(running.round()) == ["GK105"]
    (tmp_path / "gklint.yaml").write_text("ignore: [GK105\n", "utf-8")
    [line] = running.round()
    assert line.startswith("gklint: error: ")
    assert "gklint.yaml" in line
    assert running.quiet(0.5)
    (tmp_path / "gklint.yaml").write_text("ignore: [GK105]\n", "utf-8")
    assert running.round() == []
    (tmp_path / "gklint.yaml").unlink()
    assert codes(running.round()) == ["GK105"]


def test_a_file_that_is_named_may_go_and_come_back(tmp_path: Path, watching: Callable[..., Watching]) -> None:
    write(tmp_path, a=EMPTY_SECTION)
    running = watching("--output-format=gnu", "--quiet", "a.md")
    running.round()
    (tmp_path / "a.md").unlink()
    assert running.round() == ["gklint: error: no such file or folder: 'a.md'"]
    write(tmp_path, a=MARKED)
    assert codes(running.round()) == ["GK305"]


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGINT to send")
def test_it_ends_without_a_traceback(tmp_path: Path, watching: Callable[..., Watching]) -> None:
    write(tmp_path, a=CLEAN)
    running = watching()
    running.round()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(timeout=PATIENCE) == 130
    assert running._lines.get(timeout=PATIENCE) is None


def test_the_files_named_by_options_are_watched_too(tmp_path: Path, watching: Callable[..., Watching]) -> None:
    write(tmp_path, a=EMPTY_SECTION)
    settings, known = tmp_path / "other.yaml", tmp_path / "known.json"
    settings.write_text("fail-on: error\n", "utf-8")
    assert gklint("check", "--baseline=known.json", "--update-baseline", "--isolated", cwd=tmp_path).status == 0
    content = known.read_text("utf-8")
    running = watching("--output-format=gnu", "--quiet", "--config=other.yaml", "--baseline=known.json")
    assert running.round() == []
    known.write_text(content.replace("GK105", "GK106"), "utf-8")
    assert codes(running.round()) == ["GK105"]
    settings.write_text("ignore: [GK105]\n", "utf-8")
    assert running.round() == []
    known.write_text("[]", "utf-8")
    [line] = running.round()
    assert line.startswith("gklint: error: known.json:1:1: the baseline is damaged: ")


def test_a_mistake_in_the_rules_is_told_with_every_place(tmp_path: Path, watching: Callable[..., Watching]) -> None:
    write(tmp_path, a=EMPTY_SECTION)
    rules = tmp_path / "own.yaml"
    rules.write_text("pack: own\ntitle: t\n", "utf-8")
    running = watching("--output-format=gnu", "--quiet", "--isolated", "--rules=own.yaml")
    assert codes(running.round()) == ["GK105"]
    rules.write_text("pack: own\ntitel: t\nsektions: {}\n", "utf-8")
    lines = running.round()
    assert [line.split(": ")[:3] for line in lines[:2]] == [
        ["gklint", "error", "own.yaml:2:1"],
        ["gklint", "error", "own.yaml:3:1"],
    ]


def options(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    configure(parser)
    return parser.parse_args([*words, "--watch", "--no-builtin-rules", f"--rules={PACK}", "--quiet"])


def test_only_what_has_changed_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, a=EMPTY_SECTION, b=CLEAN, c=MARKED)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GKLINT_CACHE_DIR", str(tmp_path / ".cache"))
    read: list[str] = []
    original = runner.run

    def spy(discovery: Discovery, *others: object, **named: object) -> runner.RunResult:
        read.extend(found.path for found in discovery.files)
        return original(discovery, *others, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(runner, "run", spy)
    watcher = Watcher(options("--output-format=gnu"))
    assert watcher.step()
    first = capsys.readouterr().out
    assert (read, codes(first.splitlines())) == (["a.md", "b.md", "c.md"], ["GK105", "GK305"])
    read.clear()
    assert not watcher.step()
    assert (read, capsys.readouterr().out) == ([], "")
    write(tmp_path, b=MARKED + "\n")
    assert watcher.step()
    assert (read, codes(capsys.readouterr().out.splitlines())) == (["b.md"], ["GK105", "GK305", "GK305"])
    read.clear()
    (tmp_path / "gklint.yaml").write_text("ignore: [GK305]\n", "utf-8")
    assert watcher.step()
    assert (read, codes(capsys.readouterr().out.splitlines())) == (["a.md", "b.md", "c.md"], ["GK105"])


def test_what_is_left_out_is_left_out_in_every_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, a=EMPTY_SECTION, b=CLEAN)
    (tmp_path / "gklint.yaml").write_text("per-file-ignores:\n  a.md: [GK105]\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GKLINT_CACHE_DIR", str(tmp_path / ".cache"))
    watcher = Watcher(options("--output-format=json"))
    for number in range(3):
        time.sleep(0.01)
        write(tmp_path, b=CLEAN + "\n" * number)
        assert watcher.step()
        shown = capsys.readouterr().out
        assert '"suppressed": 1' in shown
        assert '"findings": []' in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--fix"], "leave out --fix"),
        (["--diff"], "leave out --diff"),
        (["--baseline=b.json", "--update-baseline"], "leave out --update-baseline"),
        (["-"], "standard input is none"),
        (["--watch-interval=0"], "'0' is no number of seconds"),
        (["--watch-interval=soon"], "'soon' is no number of seconds"),
    ],
)
def test_what_watching_cannot_do(words: list[str], said: str, tmp_path: Path) -> None:
    done = gklint("check", "--watch", *words, cwd=tmp_path)
    assert done.status == 2
    assert said in done.err
