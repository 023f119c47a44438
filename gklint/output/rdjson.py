"""The Reviewdog Diagnostic Format, all findings in one object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gklint.findings import Finding
from gklint.output.context import Context
from gklint.output.inert import HERE, json_pieces
from gklint.output.rdjsonl import SOURCE, diagnostic


def render(findings: Sequence[Finding], context: Context) -> Iterator[str]:
    """One JSON object."""
    result = {"source": SOURCE, "diagnostics": HERE}
    yield from json_pieces(result, (diagnostic(finding, context) for finding in findings))
