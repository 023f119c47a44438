"""A run over many files, and the calls that other programs make."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gklint.discover import STDIN, Discovery, Found
from gklint.documents.source import Source, decode, read_source
from gklint.errors import SourceError
from gklint.findings import Finding, sort_key

if TYPE_CHECKING:
    from gklint.linter import LintResult
    from gklint.packs.model import Pack

# Commands that only want packs take them from here as well: what checks files is imported where files are checked.

Progress = Callable[[int, int], None]
"""Called with the files done and the files in all, before each file and after the last."""


@dataclass(slots=True)
class RunResult:
    """What came of a run.

    ``checked`` counts the files to which a pack applied or that could not be read, ``skipped`` those found to which
    none applies.  ``sources`` has the source of each file with a finding; ``applied`` the ids of the packs that were
    applied.
    """

    findings: list[Finding]
    checked: int = 0
    skipped: int = 0
    sources: dict[str, Source] = field(default_factory=dict)
    applied: set[str] = field(default_factory=set)


def run(
    discovery: Discovery,
    packs: list[Pack],
    *,
    skip_other: bool = False,
    stdin_name: str | None = None,
    progress: Progress | None = None,
) -> RunResult:
    """Lint the files of a discovery.

    A named file to which no pack applies gives a finding unless ``skip_other`` is true; one that cannot be read gives
    a finding in any case, and the others are linted all the same.  ``stdin_name`` is what standard input is called.
    """
    from gklint.checks.run import unwalkable

    result = RunResult([unwalkable(path, reason) for path, reason in discovery.unreadable])
    total = len(discovery.files)
    for done, found in enumerate(discovery.files):
        if progress is not None:
            progress(done, total)
        try:
            _file(found, packs, result, skip_other, stdin_name)
        except Exception as error:
            error.add_note(f"while checking {found.path!r}")
            raise
    if progress is not None:
        progress(total, total)
    result.findings.sort(key=sort_key)
    return result


def _file(found: Found, packs: list[Pack], result: RunResult, skip_other: bool, stdin_name: str | None) -> None:
    from gklint.checks.run import unreadable
    from gklint.linter import lint_source

    name = found.path
    source: Source | None = None
    try:
        if name == STDIN:
            name = stdin_name or STDIN
            source = decode(sys.stdin.buffer.read(), name)
        else:
            source = read_source(name)
        linted = lint_source(source, packs)
    except SourceError as error:
        result.checked += 1
        result.findings.append(unreadable(source.path if source else _slashes(name), error))
        return
    if linted.report is None and (skip_other or not found.named):
        result.skipped += 1
        return
    findings = _findings(linted, source, packs)
    result.checked += 1
    if linted.report is not None:
        result.applied.add(linted.report.pack.id)
    if findings:
        result.findings.extend(findings)
        result.sources[source.path] = source


def _findings(linted: LintResult, source: Source, packs: Sequence[Pack]) -> list[Finding]:
    if linted.report is None:
        from gklint.checks.run import no_pack

        return [no_pack(source.path, [pack.id for pack in packs])]
    return linted.findings


def _slashes(path: str) -> str:
    return path.replace(os.sep, "/") if os.sep != "/" else path


def load_rules(rules: Iterable[str | os.PathLike[str]] = (), *, builtin: bool = True) -> list[Pack]:
    """The packs of the files and folders ``rules`` after those that come with gklint.

    Raises `PackError` with every mistake in them, `PathError` for a path that does not exist.
    """
    from pathlib import Path

    from gklint.packs.cache import cached_load, default_cache_dir
    from gklint.packs.loader import builtin_dir

    folders = [builtin_dir()] if builtin else []
    return cached_load([*folders, *map(Path, rules)], default_cache_dir())


def check_file(path: str | os.PathLike[str], packs: list[Pack] | None = None) -> list[Finding]:
    """The findings in one file, in order of place.

    ``packs`` are those to choose from, the ones that come with gklint if it is None.  A file that cannot be read or to
    which no pack applies gives a finding that says so.
    """
    packs = load_rules() if packs is None else packs
    return run(Discovery([Found(os.fspath(path), True)], []), packs).findings


def check_text(
    text: str, path: str = STDIN, *, format: str | None = None, packs: list[Pack] | None = None
) -> list[Finding]:
    """The findings in a text, in order of place.

    ``path`` is what the findings call it, and its suffix says what the text is unless ``format`` (``markdown``,
    ``html``, ``text``) does.  ``packs`` as for `check_file`.  Raises `UsageError` for another format.
    """
    from gklint.linter import lint_source

    packs = load_rules() if packs is None else packs
    source = Source.from_text(text, path)
    return _findings(lint_source(source, packs, format), source, packs)
