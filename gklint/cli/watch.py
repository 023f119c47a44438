"""``gklint check --watch``: check again whenever a file has changed."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from gklint.cli.check import Task, prepare
from gklint.cli.report import report
from gklint.discover import Discovery, Found
from gklint.errors import GklintError, PackError, PathError

if TYPE_CHECKING:
    from gklint.policy import Policy
    from gklint.runner import RunResult

BEGIN = "gklint --watch: checking"
END = "gklint --watch: waiting for changes"
"""The lines before and after the findings of each round, the same in every language: editors wait for them."""

Stamp = tuple[int, int, int] | None
"""What tells one state of a file from another: time, size and number; None if there is no file."""


class _Known(NamedTuple):
    """What came of a file when it was last looked at."""

    stamp: Stamp
    result: RunResult


def watch(options: argparse.Namespace) -> int:
    """Check again and again until the user or the reader of the output ends it."""
    watcher = Watcher(options)
    while True:
        watcher.step()
        time.sleep(options.watch_interval)


class Watcher:
    """The state between the rounds: what was found in each file, and what told its state."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._policy: Policy | None = None
        self._settings: dict[str, Stamp] = {}
        self._files: dict[Found, Stamp] | None = None
        self._known: dict[Found, _Known] = {}
        self._trouble: str | None = None
        self._missing = False

    def step(self) -> bool:
        """Look whether anything has changed and, if so, check what has and show everything; whether it has."""
        try:
            discovery = self._discover()
            if discovery is None:
                return False
            files = {found: stamp(found.path) for found in discovery.files}
            settings = {path: stamp(path) for path in self._sources_of_settings(files)}
            if self._differ(settings):
                self._policy = None
                self._known.clear()
            # After a mistake nobody knows which file would mend it, so everything is tried again.
            elif files == self._files and self._trouble is None:
                return False
            task = prepare(self._options, self._policy)
        except GklintError as error:
            return self._complain(error)
        self._files, self._trouble, self._policy = files, None, task.policy
        # Only now is it known which packs there are.
        self._settings = {path: stamp(path) for path in self._sources_of_settings(files)}
        print(BEGIN, flush=True)
        try:
            report(task, self._results(task))
        except GklintError as error:
            _say(error)
        print(END, flush=True)
        return True

    def _differ(self, settings: dict[str, Stamp]) -> bool:
        """Whether what holds for the reports is no longer what it was."""
        before = self._settings
        return any(settings.get(path) != was for path, was in before.items()) or any(
            now is not None for path, now in settings.items() if path not in before
        )

    def _discover(self) -> Discovery | None:
        """The files there are; None in the moment in which an editor puts a new file in the place of the old."""
        from gklint.discover import discover

        try:
            discovery = discover(self._options.paths)
        except PathError:
            if not self._missing:
                self._missing = True
                return None
            raise
        self._missing = False
        return discovery

    def _complain(self, error: GklintError) -> bool:
        """Show what is wrong, once; findings of before are no longer true."""
        self._policy = None
        self._known.clear()
        if str(error) == self._trouble:
            return False
        self._trouble = str(error)
        print(BEGIN, flush=True)
        _say(error)
        print(END, flush=True)
        return True

    def _results(self, task: Task) -> RunResult:
        """What there is to say of all files; those that are as they were are not read again."""
        from gklint.findings import sort_key
        from gklint.runner import run

        task.policy.suppressed.clear()
        whole = run(Discovery([], task.discovery.unreadable), task.policy)
        now: dict[Found, _Known] = {}
        for found in task.discovery.files:
            seen = stamp(found.path)
            known = self._known.get(found)
            if known is None or known.stamp != seen:
                one = run(Discovery([found], []), task.policy, skip_other=self._options.skip_other)
                known = _Known(seen, one)
            now[found] = known
            part = known.result
            whole.findings.extend(part.findings)
            whole.suppressed.extend(part.suppressed)
            whole.sources.update(part.sources)
            whole.applied |= part.applied
            whole.checked += part.checked
            whole.skipped += part.skipped
        self._known = now
        whole.findings.sort(key=sort_key)
        return whole

    def _sources_of_settings(self, files: dict[Found, Stamp]) -> Iterator[str]:
        """The files that say what holds for the reports: configurations, there or not yet, packs, baselines."""
        from gklint.config.find import NAMES, PYPROJECT

        options = self._options
        if options.config is not None:
            yield options.config
        elif not options.isolated:
            folders: set[str] = set()
            for folder in {os.getcwd(), *(os.path.dirname(os.path.abspath(found.path)) for found in files)}:
                while folder not in folders:
                    folders.add(folder)
                    folder = os.path.dirname(folder)
            yield from (os.path.join(folder, name) for folder in folders for name in (*NAMES, PYPROJECT))
        yield from options.rules
        if self._policy is not None:
            yield from (pack.path for pack in self._policy.prepare())
        if options.baseline is not None:
            yield options.baseline


def stamp(path: str) -> Stamp:
    """What tells this state of a file from another."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _say(error: GklintError) -> None:
    from gklint.output.cells import plain

    for problem in error.problems if isinstance(error, PackError) else [error]:
        print(f"gklint: error: {plain(str(problem))}", file=sys.stderr, flush=True)
