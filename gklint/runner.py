"""A run over many files, and the calls that other programs make."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from gklint.discover import STDIN, Discovery, Found
from gklint.documents.source import Source, decode, read_source, read_stdin_bytes
from gklint.errors import SourceError, WriteError
from gklint.findings import Finding, Suppressed, put_in_order
from gklint.records import dataclass, field

if TYPE_CHECKING:
    from gklint.examine import Examined
    from gklint.fixes import FixOutcome
    from gklint.linter import LintResult
    from gklint.packs.model import Pack
    from gklint.policy import Policy
    from gklint.results import Results
    from gklint.writing import Original

# Commands that only want packs take them from here as well: what checks files is imported where files are checked.

KEEP_FROM = 10
"""Runs of fewer files leave nothing behind: to write it takes a good part of the time that linting them does."""

Progress = Callable[[int, int], None]
"""Called with the files done and the files in all, before each file and after the last."""


@dataclass(frozen=True, slots=True)
class Fixing:
    """How to fix: with the likely edits too or not, into the files or only to show, and which findings (None: all)."""

    unsafe: bool
    write: bool
    only: Callable[[Finding], bool] | None = None


class Fixed(NamedTuple):
    """A source as it was, and what came of fixing it."""

    before: Source
    outcome: FixOutcome


@dataclass(slots=True)
class RunResult:
    """What came of a run.

    ``checked`` counts the files to which a pack applied or that could not be read, ``skipped`` those found to which
    none applies.  ``suppressed`` are the findings that comments in the files ask to leave out; they are not among
    ``findings``.  ``sources`` has the source of each file with a finding of either kind; ``applied`` the ids of the
    packs that were applied.  ``fixed`` are the sources that fixing changed or found something to say of, ``failures``
    what kept files from being written; ``stdin`` is standard input after fixing, None if it was not fixed.  The
    findings are those that remain, where anything was written.
    """

    findings: list[Finding]
    checked: int = 0
    skipped: int = 0
    sources: dict[str, Source] = field(default_factory=dict)
    applied: set[str] = field(default_factory=set)
    fixed: list[Fixed] = field(default_factory=list)
    failures: list[WriteError] = field(default_factory=list)
    stdin: bytes | None = None
    suppressed: list[Suppressed] = field(default_factory=list)


def run(
    discovery: Discovery,
    packs: list[Pack] | Policy,
    *,
    skip_other: bool = False,
    stdin_name: str | None = None,
    progress: Progress | None = None,
    fixing: Fixing | None = None,
    jobs: int | None = 1,
    cache: bool = False,
) -> RunResult:
    """Lint the files of a discovery.

    ``packs`` are those to choose from, or a policy that knows them for each file.  A named file to which no pack
    applies gives a finding unless ``skip_other`` is true; one that cannot be read gives a finding in any case, and the
    others are linted all the same.  ``stdin_name`` is what standard input is called.  With ``fixing``, what can be
    fixed is; a file that cannot be written is among the result's failures.

    ``jobs`` is the number of processes, None for as many as are worth it; ``cache`` says whether what came of files in
    earlier runs is used and kept.  Neither changes the result.  Files to be fixed, and those of which a policy wants to
    see more, are looked at one after another and always.
    """
    from gklint.checks.run import unwalkable

    result = RunResult([unwalkable(path, reason) for path, reason in discovery.unreadable])
    policy = None if isinstance(packs, list) else packs
    total = len(discovery.files)
    apart: list[Found] = []
    rest: list[Found] = []
    for found in discovery.files:
        alone = fixing is not None or found.path == STDIN
        alone = alone or (policy is not None and policy.needs_report(_slashes(found.path)))
        (apart if alone else rest).append(found)
    if rest:
        for found, examined in zip(rest, _examine(rest, packs, skip_other, progress, jobs, cache, total), strict=True):
            _take(found, examined, policy, result)
    for done, found in enumerate(apart, len(rest)):
        if progress is not None:
            progress(done, total)
        try:
            _file(found, packs, result, skip_other, stdin_name, fixing)
        except Exception as error:
            error.add_note(f"while checking {found.path!r}")
            raise
    if progress is not None:
        progress(total, total)
    put_in_order(result.findings)
    return result


def _examine(
    files: Sequence[Found],
    packs: list[Pack] | Policy,
    skip_other: bool,
    progress: Progress | None,
    jobs: int | None,
    cache: bool,
    total: int,
) -> list[Examined]:
    """What comes of each file: as it was kept, or found out."""
    from contextlib import closing

    from gklint.jobs import Task, examine_all, usual_jobs

    results: Results | None = None
    if cache:
        from gklint.results import default_results

        results = default_results()
    done: dict[int, Examined] = {}
    tasks: list[Task] = []
    groups: list[list[Pack]] = []
    known: dict[int, int] = {}
    for number, (path, named) in enumerate(files):
        own = packs if isinstance(packs, list) else packs.packs(_slashes(path))
        named = named and not skip_other
        kept = results.look_up(path, own) if results is not None else None
        if kept is not None and (kept.pack is not None or not named):
            done[number] = kept
            continue
        group = known.setdefault(id(own), len(groups))
        if group == len(groups):
            groups.append(own)
        tasks.append(Task(number, path, named, group, results is not None))
    jobs = usual_jobs(len(tasks)) if jobs is None else jobs
    with closing(examine_all(tasks, groups, jobs)) as examining:
        if progress is not None:
            progress(len(done), total)
        for number, examined in examining:
            done[number] = examined
            if progress is not None and len(done) < total:
                progress(len(done), total)
    if results is not None and len(files) >= KEEP_FROM:
        for task in tasks:
            results.keep(task.path, groups[task.packs], done[task.number])
    if results is not None:
        results.save()
    return [done[number] for number in range(len(files))]


def _take(found: Found, examined: Examined, policy: Policy | None, result: RunResult) -> None:
    """Add what came of a file to the result."""
    if examined.pack is None and not examined.findings and not examined.suppressed:
        result.skipped += 1
        return
    result.checked += 1
    if policy is not None and examined.source is not None:
        policy.seen(examined.source.path)
    elif policy is not None and examined.pack is not None:
        policy.seen(_slashes(found.path))
    if examined.pack is not None:
        result.applied.add(examined.pack)
    result.findings.extend(examined.findings)
    result.suppressed.extend(examined.suppressed)
    if examined.source is not None:
        result.sources[examined.source.path] = examined.source


def _file(
    found: Found,
    packs: list[Pack] | Policy,
    result: RunResult,
    skip_other: bool,
    stdin_name: str | None,
    fixing: Fixing | None,
) -> None:
    from gklint.checks.run import unreadable

    name = (stdin_name or STDIN) if found.path == STDIN else found.path
    try:
        _lint(found, name, packs, result, skip_other, fixing)
    except SourceError as error:
        problem = error
    except MemoryError:
        from gklint.examine import out_of_memory

        problem = out_of_memory()
    else:
        return
    result.checked += 1
    result.findings.append(unreadable(problem.path or _slashes(name), problem))


def _lint(
    found: Found,
    name: str,
    packs: list[Pack] | Policy,
    result: RunResult,
    skip_other: bool,
    fixing: Fixing | None,
) -> None:
    """Lint a file and add what came of it to the result.  Raises `SourceError`."""
    from gklint.linter import lint_source

    original: Original | None = None
    if found.path == STDIN:
        data = read_stdin_bytes(name)
        if fixing is not None and fixing.write:
            # Whatever becomes of it, the next program in the pipe gets a text.
            result.stdin = data
        source = decode(data, name)
        if fixing is not None:
            original = _original(STDIN, data)
    elif fixing is not None:
        from gklint.writing import read_original

        source, original = read_original(name)
    else:
        source = read_source(name)
    policy = None if isinstance(packs, list) else packs
    packs = packs if isinstance(packs, list) else packs.packs(source.path)
    linted = lint_source(source, packs)
    if linted.report is None and (skip_other or not found.named):
        result.skipped += 1
        return
    if policy is not None:
        policy.look(source, linted)
    if linted.report is not None and original is not None and fixing is not None:
        source, linted = _fix(source, linted, original, packs, fixing, result)
    findings = _findings(linted, source, packs)
    result.checked += 1
    if linted.report is not None:
        result.applied.add(linted.report.pack.id)
    result.suppressed.extend(linted.suppressed)
    if findings or linted.suppressed:
        result.findings.extend(findings)
        result.sources[source.path] = source


def _original(path: str, data: bytes) -> Original:
    from gklint.writing import Original

    return Original(path, data)


def _fix(
    source: Source, linted: LintResult, original: Original, packs: list[Pack], fixing: Fixing, result: RunResult
) -> tuple[Source, LintResult]:
    """Fix a source and write it if asked for; the source and its findings as they are from then on."""
    from gklint.fixes import fix_source, wanted_edits

    if not any(wanted_edits(finding, fixing.unsafe) for finding in linted.findings):
        return source, linted
    outcome = fix_source(source, packs, fixing.unsafe, linted, only=fixing.only)
    try:
        if outcome.changed:
            if original.path == STDIN or not fixing.write:
                data = original.encoded(source, outcome.source.text)
                result.stdin = data if fixing.write else None
            else:
                from gklint.writing import replace_file

                replace_file(original, source, outcome.source.text)
    except WriteError as error:
        result.failures.append(error)
        return source, linted
    if outcome.changed or outcome.refused:
        result.fixed.append(Fixed(source, outcome))
    return (outcome.source, outcome.linted) if fixing.write else (source, linted)


def _findings(linted: LintResult, source: Source, packs: Sequence[Pack]) -> list[Finding]:
    if linted.report is not None:
        return linted.findings
    from gklint.checks.run import no_pack
    from gklint.documents import format_of
    from gklint.suppress import suppress

    sifted = suppress(
        source, format_of(source.path) or "text", [no_pack(source.path, [pack.id for pack in packs])], packs
    )
    linted.suppressed.extend(sifted.suppressed)
    return sifted.findings


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
