"""GitLab's Code Quality report, shown in merge requests."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from typing import Any

from gklint.findings import Finding, Severity
from gklint.output.context import Context, display_path
from gklint.output.fingerprint import fingerprints
from gklint.output.inert import HERE, json_pieces
from gklint.output.words import message

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(findings: Sequence[Finding], context: Context) -> Iterator[str]:
    """One JSON array; an empty one says that nothing is wrong any more."""
    marked = zip(findings, fingerprints(findings, context), strict=True)
    yield from json_pieces(HERE, (_issue(finding, mark, context) for finding, mark in marked))


def _issue(finding: Finding, mark: str, context: Context) -> dict[str, Any]:
    path = _path(finding.path, context)
    span = finding.span
    return {
        # GitLab does not show the check's name.
        "description": f"{finding.code}: {message(finding, context)}",
        "check_name": finding.code,
        # Our own says nothing of the file, and GitLab takes two issues with equal fingerprints for one.
        "fingerprint": hashlib.sha256(f"{path}\0{mark}".encode("utf-8", "surrogatepass")).hexdigest()[:32],
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": path, "lines": {"begin": span.line, "end": span.end_line}},
    }


def _path(path: str, context: Context) -> str:
    """The path in the project: GitLab shows nothing for one that is relative to some other folder."""
    project = os.environ.get("CI_PROJECT_DIR")
    if project:
        absolute = os.path.normpath(os.path.join(context.cwd, path))
        inside = display_path(absolute, os.path.normpath(project))
        if not os.path.isabs(inside):
            return inside
    return context.path(path)
