"""The way through for one file: source, document, binding, checks, findings."""

from __future__ import annotations

from gklint.binding import bind
from gklint.binding.model import BoundReport
from gklint.checks import run_checks
from gklint.documents import read
from gklint.documents.source import Source
from gklint.findings import Finding, Suppressed
from gklint.packs.model import Pack
from gklint.records import dataclass, field
from gklint.suppress import suppress


@dataclass(frozen=True, slots=True)
class LintResult:
    """What was found in one source; ``report`` is None if no pack applies to it.

    ``suppressed`` are the findings that comments in the source ask to leave out; they are not among ``findings``.
    """

    findings: list[Finding]
    report: BoundReport | None
    suppressed: list[Suppressed] = field(default_factory=list)


def lint_source(source: Source, packs: list[Pack], format: str | None = None) -> LintResult:
    """Read, bind and check one source.

    ``format`` (``markdown``, ``html``, ``text``) overrules the path's suffix.  No pack that applies is not a finding
    here: the caller knows whether the file was named or only found.
    """
    # The document itself is not needed any more once it is bound: a long one takes up much memory.
    report = bind(read(source, format), packs)
    if report is None:
        return LintResult([], None)
    findings, suppressed = suppress(source, report.format, run_checks(report), packs)
    return LintResult(findings, report, suppressed)
