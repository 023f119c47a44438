"""Linting what the generator made."""

from __future__ import annotations

import os

from gklint.documents.source import decode
from gklint.findings import Finding
from gklint.linter import LintResult, lint_source
from gklint.packs import builtin_packs
from tests.generator.writer import Rendered, encode

DEPTH = int(os.environ.get("GKLINT_SEEDS", "1"))
"""How many times as deep as by default the generated tests go."""

PACKS = builtin_packs()


def lint_bytes(data: bytes, path: str) -> LintResult:
    return lint_source(decode(data, path), PACKS)


def lint(rendered: Rendered, text: str | None = None) -> LintResult:
    """Lint a rendered report, or another text in its place."""
    return lint_bytes(rendered.data if text is None else encode(text, rendered.options), rendered.path)


def family(finding: Finding) -> str:
    return finding.code[:3]


def told(findings: list[Finding]) -> str:
    """Findings one a line, for the message of a failed assertion."""
    return "\n".join(f"{f.span.line}:{f.span.column}: {f.code} {f.name} {f.message.zh}" for f in findings) or "none"
