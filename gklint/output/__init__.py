"""Output formats: each module of this package turns findings into text.

A format is a module with a function ``render(findings, context)`` that yields pieces of the output, ends of line
included.  `FORMATS` is the one list of them; the command line takes its choices from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gklint.findings import Finding
    from gklint.output.context import Context

    Renderer = Callable[[Sequence[Finding], Context], Iterator[str]]

FORMATS: dict[str, str] = {
    "full": "each finding with its line of the source",
    "concise": "one line for each finding",
    "json": "everything, for programs",
    "sarif": "SARIF 2.1.0, for code scanning",
    "github": "annotations in GitHub Actions",
    "gitlab": "Code Quality in GitLab",
    "azure": "issues in Azure Pipelines",
    "junit": "test results, for any CI server",
    "checkstyle": "Checkstyle's XML, for Jenkins and others",
    "rdjson": "for reviewdog",
    "rdjsonl": "for reviewdog, one finding a line",
    "json-lines": "everything, one finding a line",
    "gnu": "one line with the severity, for problem matchers",
}
"""What each format is.  Its name, with _ for -, is also that of the module in this package that writes it."""


def renderer(name: str) -> Renderer:
    """The function that writes the format ``name``; only that format's module is imported."""
    from importlib import import_module

    if name not in FORMATS:
        raise KeyError(name)
    render: Renderer = import_module(f"gklint.output.{name.replace('-', '_')}").render
    return render
