"""A baseline: the findings of old reports that are known, kept in a file, and neither shown nor counted as failures.

The file is JSON, sorted, a line for each fingerprint, so that a change of it reads well in a review.  An entry is known
by path, code and fingerprint; no line numbers are in it.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from gklint.errors import GklintError, UsageError
from gklint.findings import Finding, Suppressed
from gklint.reading import read_file
from gklint.records import dataclass, field
from gklint.regex import lazy

VERSION = 1
_MAX_BYTES = 64 * 1024 * 1024
_FINGERPRINT = lazy(r"[0-9a-f]{32}\Z")
_NEVER = frozenset({"GK001", "GK004", "GK005"})
"""What no baseline takes: a file that was not checked must not look like one that was, and what is wrong with other
ways of leaving findings out is not a report's old burden."""

Key = tuple[str, str, str]
"""Path from the baseline's folder, code, fingerprint."""


@dataclass(slots=True)
class Matched:
    """Findings held against a baseline: those that are not in it, those that are, and how many entries are gone."""

    findings: list[Finding]
    suppressed: list[Suppressed]
    gone: int


@dataclass(slots=True)
class Baseline:
    """The entries of a baseline file; ``path`` is the file."""

    path: str
    entries: Counter[Key] = field(default_factory=Counter)

    def match(
        self, findings: Sequence[Finding], fingerprints: Sequence[str], checked: Callable[[str, str], bool]
    ) -> Matched:
        """Hold findings against the entries.

        ``checked`` tells of a path and a code whether the run looked for such findings: only of those can it be said
        that an entry is gone.  Entries of a file that is no longer there hold for another that has the same findings.
        """
        left = self.entries.copy()
        moved: dict[tuple[str, str], list[Key]] = {}
        for key in left:
            if not os.path.exists(self._file(key[0])):
                moved.setdefault(key[1:], []).append(key)
        result = Matched([], [], 0)
        for finding, fingerprint in zip(findings, fingerprints, strict=True):
            key = (self.relative(finding.path), finding.code, fingerprint)
            if not left[key]:
                key = next((other for other in moved.get(key[1:], ()) if left[other]), key)
            if left[key] and finding.code not in _NEVER:
                left[key] -= 1
                result.suppressed.append(Suppressed(finding, "baseline"))
            else:
                result.findings.append(finding)
        result.gone = sum(
            count
            for (path, code, _), count in left.items()
            if not os.path.exists(self._file(path)) or checked(self._file(path), code)
        )
        return result

    def updated(
        self, findings: Sequence[Finding], fingerprints: Sequence[str], checked: Callable[[str, str], bool]
    ) -> Baseline:
        """The baseline with just these findings in the part that the run looked at; the rest stays."""
        entries = Counter(
            {
                key: count
                for key, count in self.entries.items()
                if os.path.exists(self._file(key[0])) and not checked(self._file(key[0]), key[1])
            }
        )
        for finding, fingerprint in zip(findings, fingerprints, strict=True):
            if finding.code not in _NEVER:
                entries[self.relative(finding.path), finding.code, fingerprint] += 1
        return Baseline(self.path, entries)

    def relative(self, path: str) -> str:
        """A path as the entries have it: from the baseline's folder, with ``/``."""
        folder = os.path.dirname(os.path.abspath(self.path))
        try:
            path = os.path.relpath(os.path.abspath(path), folder)
        except ValueError:  # on another drive
            path = os.path.abspath(path)
        return path.replace(os.sep, "/") if os.sep != "/" else path

    def _file(self, path: str) -> str:
        return os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(self.path)), path))

    def text(self) -> str:
        """What the file holds."""
        grouped: dict[tuple[str, str], list[str]] = {}
        for (path, code, fingerprint), count in sorted(self.entries.items()):
            grouped.setdefault((path, code), []).extend([fingerprint] * count)
        listed = [
            {"path": path, "code": code, "count": len(fingerprints), "fingerprints": fingerprints}
            for (path, code), fingerprints in grouped.items()
        ]
        data = {"version": VERSION, "tool": "gklint", "entries": listed}
        # What a path holds that is no Unicode text is escaped.
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        return re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", text)

    def write(self) -> None:
        """Write the file, whole or not at all.  Raises `UsageError` if that is not possible."""
        partial = f"{self.path}.{os.getpid()}.part"
        try:
            with open(partial, "w", encoding="utf-8", newline="\n") as file:
                file.write(self.text())
            os.replace(partial, self.path)
        except OSError as error:
            if os.path.exists(partial):
                os.unlink(partial)
            raise UsageError(f"the baseline cannot be written: {error.strerror or error}", self.path) from None


def read_baseline(path: str) -> Baseline:
    """The baseline in a file.  Raises `GklintError`, with line and column, for one that is damaged."""
    try:
        content = read_file(path, _MAX_BYTES + 1)
    except FileNotFoundError:
        raise UsageError("no such baseline; --update-baseline writes one", path) from None
    except OSError as error:
        raise UsageError(f"the baseline cannot be read: {error.strerror or error}", path) from None
    if len(content) > _MAX_BYTES:
        raise UsageError(f"larger than {_MAX_BYTES // 1024 // 1024} MB, the most that a baseline may have", path)
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise GklintError(f"the baseline is damaged: not UTF-8; {_ADVICE}", path, line) from None
    except json.JSONDecodeError as error:
        what = "a merge conflict" if error.doc[error.pos :].startswith(("<<<<<<<", "=======", ">>>>>>>")) else error.msg
        raise GklintError(f"the baseline is damaged: {what}; {_ADVICE}", path, error.lineno, error.colno) from None
    except (RecursionError, ValueError):
        raise GklintError(f"the baseline is damaged: it is no baseline; {_ADVICE}", path, 1, 1) from None
    baseline = Baseline(path)
    problem = _fill(baseline, data)
    if problem is not None:
        route, message = problem
        raise GklintError(f"the baseline is damaged: {message}; {_ADVICE}", path, *_place(content, route))
    return baseline


_ADVICE = "restore it, or delete it and write it anew with --update-baseline"
_Problem = tuple[tuple[str | int, ...], str]


def _fill(baseline: Baseline, data: Any) -> _Problem | None:
    """Take in the data; what is wrong with it and where, None if nothing is."""
    if not isinstance(data, dict):
        return (), "it is no baseline"
    version = data.get("version")
    if version != VERSION or isinstance(version, bool):
        return ("version",), f"version {version!r}; this gklint reads version {VERSION}"
    entries = data.get("entries")
    if not isinstance(entries, list):
        return ("entries",), "no list of entries"
    for index, entry in enumerate(entries):
        at: tuple[str | int, ...] = ("entries", index)
        if not isinstance(entry, dict):
            return at, "an entry is no object"
        for key in ("path", "code"):
            if not isinstance(entry.get(key), str):
                return (*at, key), f"the {key} of an entry is no text"
        fingerprints = entry.get("fingerprints")
        if not isinstance(fingerprints, list):
            return (*at, "fingerprints"), "an entry has no list of fingerprints"
        for number, fingerprint in enumerate(fingerprints):
            if not isinstance(fingerprint, str) or not _FINGERPRINT.match(fingerprint):
                return (*at, "fingerprints", number), f"{str(fingerprint)[:40]!r} is no fingerprint"
            baseline.entries[entry["path"], entry["code"], fingerprint] += 1
        if entry.get("count") != len(fingerprints):
            return (
                *at,
                "count",
            ), f"the count is {entry.get('count')!r}, but there are {len(fingerprints)} fingerprints"
    return None


def _place(content: bytes, route: tuple[str | int, ...]) -> tuple[int, int]:
    """Line and column of a part of the file.  JSON is YAML, and the reader of YAML knows places."""
    from gklint.packs.positions import parse_yaml

    try:
        error = parse_yaml(content, "").error(route, "")
    except GklintError:
        return 1, 1
    return error.line or 1, error.column or 1
