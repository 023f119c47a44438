"""Everything that is known of each finding, one finding a line, for programs that read as it comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gklint.findings import Finding
from gklint.output.context import Context
from gklint.output.fingerprint import fingerprints
from gklint.output.inert import json_text
from gklint.output.json import record


def render(findings: Sequence[Finding], context: Context) -> Iterator[str]:
    """One JSON object a line, with the keys that a finding has in the format ``json``."""
    for finding, mark in zip(findings, fingerprints(findings, context), strict=True):
        yield json_text(record(finding, mark, context))
