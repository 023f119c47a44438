"""Which lines of which files have changed since a branch was left, as git knows it."""

from __future__ import annotations

import os
import re
import subprocess
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from gklint.documents.source import Source
from gklint.errors import UsageError
from gklint.findings import Finding
from gklint.records import dataclass, field
from gklint.regex import lazy

_HUNK = lazy(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = lazy(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPES = {b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
_SUFFIX = lazy(r"\.\w+")


@dataclass(slots=True)
class Lines:
    """The changed lines of one file, in order.

    ``ranges`` are first and last lines, ``cuts`` the lines behind which something was taken out (0: before the first).
    ``whole`` says that the file is new.
    """

    whole: bool = False
    ranges: list[tuple[int, int]] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)

    def hold(self, first: int, last: int, source: Source | None) -> bool:
        """Whether any line from ``first`` to ``last`` was changed or is next to where something was taken out."""
        if self.whole or not _counted_alike(source):
            return True
        at = bisect_left(self.ranges, first, key=lambda lines: lines[1])
        if at < len(self.ranges) and self.ranges[at][0] <= last:
            return True
        return any(_next_to(cut, first, last, source) for cut in self.cuts)


class Changes:
    """The files and lines that are not as they were where the branch began.

    ``base`` is that commit, shortened.  With ``whole_files`` every line of a changed file counts as changed.
    """

    def __init__(self, base: str, files: dict[str, Lines], whole_files: bool) -> None:
        self.base = base
        self._files = files
        self._whole_files = whole_files

    def has(self, path: str) -> bool:
        """Whether a file has changed at all."""
        return _key(path) in self._files

    def touches(self, finding: Finding, source: Source | None) -> bool:
        """Whether a finding stands on a changed line, or one of the places that belong to it does.

        Who changes one summand has to hear of the sum, though the total stands elsewhere.  What is said of a file as a
        whole counts when the file has changed.
        """
        lines = self._files.get(_key(finding.path))
        if lines is None:
            return False
        if self._whole_files or source is None or finding.code in _whole_file_codes():
            return True
        spans = [finding.span, *(related.span for related in finding.related)]
        return any(lines.hold(span.line, span.end_line, source) for span in spans)


def changed_since(ref: str, paths: Sequence[str], *, whole_files: bool = False) -> Changes:
    """What has changed, in the repositories that ``paths`` lie in, since HEAD and ``ref`` parted ways.

    Compared is what lies in the folder, committed or not; files that git does not track yet are new, but for those
    that it ignores.  Raises `UsageError` where there is no repository, no such commit, no common ancestor or no git.
    """
    tops: dict[str, str | None] = {}
    suffixes: dict[str, set[str]] = {}
    for path in paths or ["."]:
        top = _top(os.path.realpath(path), tops)
        if top is None:
            where = f"{path!r} is" if paths else "the working folder is"
            raise UsageError(f"--diff-base asks git what has changed, and {where} in no git repository")
        suffixes.setdefault(top, set()).add(os.path.splitext(path)[1] if paths else ".md")
    files: dict[str, Lines] = {}
    base = ""
    for top, wanted in suffixes.items():
        base = _merge_base(top, ref)
        _read(top, base, wanted, files)
    return Changes(base[:10], files, whole_files)


def _top(path: str, known: dict[str, str | None]) -> str | None:
    """The top folder of the repository that a path lies in."""
    passed: list[str] = []
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    while folder not in known:
        passed.append(folder)
        if os.path.exists(os.path.join(folder, ".git")):
            known[folder] = folder
            break
        above = os.path.dirname(folder)
        if above == folder:
            known[folder] = None
            break
        folder = above
    top = known[folder]
    known.update(dict.fromkeys(passed, top))
    return top


def _merge_base(top: str, ref: str) -> str:
    status, out, err = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if status:
        # With --quiet git only speaks up when something other than the name is wrong.
        reason = _last_line(err)
        if reason:
            raise UsageError(f"--diff-base: git cannot say what {ref!r} is in {top}: {reason}")
        raise UsageError(
            f"--diff-base: no commit {ref!r} in {top}; give a branch, tag or commit that is there, or fetch it first"
        )
    commit = out.decode("ascii", "replace").strip()
    status, _, _ = _git(top, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    if status:
        raise UsageError(f"--diff-base: there is no commit yet in {top} to compare with {ref!r}")
    status, out, err = _git(top, "merge-base", commit, "HEAD")
    if status:
        raise UsageError(
            f"--diff-base: {_last_line(err) or f'{ref!r} and HEAD have no common ancestor'} in {top}; in CI fetch the "
            "whole history (fetch-depth: 0 or GIT_DEPTH: 0)"
        )
    return out.decode("ascii", "replace").split("\n")[0].strip()


def _read(top: str, base: str, suffixes: set[str], files: dict[str, Lines]) -> None:
    """Add the changes of one repository."""
    known = all(_SUFFIX.fullmatch(suffix) for suffix in suffixes)
    only = [f"*{suffix}" for suffix in sorted(suffixes)] if known else []
    compare = ("-M", "--diff-filter=d", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", "--no-color")
    for name in _names(_must(top, "diff", "--name-only", "-z", *compare, base, "--", *only)):
        files[_key(os.path.join(top, name))] = Lines()
    for name in _names(_must(top, "ls-files", "-z", "--others", "--exclude-standard", "--", *only)):
        files[_key(os.path.join(top, name))] = Lines(whole=True)
    layout = ("-U0", "--inter-hunk-context=0", "--text", "--src-prefix=a/", "--dst-prefix=b/")
    patch = _must(top, "-c", "core.quotePath=false", "diff", *compare, *layout, base, "--", *only)
    for name, lines in _parse(patch):
        files[_key(os.path.join(top, name))] = lines


def _names(listed: bytes) -> Iterable[str]:
    return (os.fsdecode(name) for name in listed.split(b"\0") if name)


def _parse(patch: bytes) -> Iterable[tuple[str, Lines]]:
    """The files of a patch without context lines, each with its changed lines."""
    rows = patch.split(b"\n")
    at = 0
    lines: Lines | None = None
    while at < len(rows):
        row = rows[at]
        at += 1
        if row.startswith(b"diff --git "):
            lines = None
        elif row.startswith(b"+++ ") and lines is None:
            lines = Lines()
            yield _name(row[4:]), lines
        elif lines is not None and (match := _HUNK.match(row)):
            old, start, new = (1 if number is None else int(number) for number in match.groups())
            if new:
                lines.ranges.append((start, start + new - 1))
            if old > new:
                lines.cuts.append(start + new - 1 if new else start)
            # What follows is text of the files, whatever it looks like.
            left = old + new
            while left and at < len(rows):
                left -= not rows[at].startswith(b"\\")
                at += 1


def _name(shown: bytes) -> str:
    """A file's name as it stands in a patch: with a prefix, quoted where it holds odd characters."""
    shown = shown.removesuffix(b"\t")
    if shown.startswith(b'"'):
        shown = _ESCAPE.sub(_unescape, shown[1:-1])
    return os.fsdecode(shown.removeprefix(b"b/"))


def _unescape(match: re.Match[bytes]) -> bytes:
    what = match[1]
    return bytes([int(what, 8)]) if len(what) == 3 else _ESCAPES.get(what, what)


def _must(top: str, *words: str) -> bytes:
    status, out, err = _git(top, *words)
    if status:
        raise UsageError(f"--diff-base: git failed in {top}: {_last_line(err) or f'status {status}'}")
    return out


def _git(top: str, *words: str) -> tuple[int, bytes, bytes]:
    # Words meant for people come in English, and nothing is locked that a commit in progress may need.
    settings = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_LITERAL_PATHSPECS": "0", "GIT_DIFF_OPTS": ""}
    try:
        done = subprocess.run(
            ["git", "-C", top, *words],
            env={**os.environ, **settings},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError):
            raise UsageError("--diff-base asks git what has changed, and there is no command git") from None
        raise UsageError(f"--diff-base: git cannot be run: {error}") from None
    return done.returncode, done.stdout, done.stderr


def _last_line(err: bytes) -> str:
    lines = err.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else ""


def _key(path: str) -> str:
    return os.path.normcase(os.path.realpath(path))


def _counted_alike(source: Source | None) -> bool:
    """Whether git's lines are ours: it knows bytes, and no end of line but LF."""
    return source is None or (
        not source.encoding.startswith(("utf-16", "utf-32")) and source.text.count("\n") == len(source.lines) - 1
    )


def _next_to(cut: int, first: int, last: int, source: Source | None) -> bool:
    """Whether lines are next to a place behind line ``cut`` where something was taken out, blank lines not counted."""
    before, after = cut, cut + 1
    if source is not None:
        count = len(source.lines)
        while 1 < before <= count and not source.lines[before - 1].strip():
            before -= 1
        while after < count and not source.lines[after - 1].strip():
            after += 1
    return first <= after and last >= before


def _whole_file_codes() -> frozenset[str]:
    from gklint.checks.run import NO_PACK, UNREADABLE

    return frozenset({NO_PACK.code, UNREADABLE.code})
