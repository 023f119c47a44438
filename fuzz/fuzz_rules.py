"""Bytes as packs, configurations and TOML: data, or errors that say file and line."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import harness

harness.load()

from gklint.config.read import read_pyproject, read_yaml
from gklint.documents.source import Source
from gklint.errors import ConfigError, PackError
from gklint.linter import lint_source
from gklint.packs.loader import pack_from_bytes
from tests.fuzz.mutate import mutate
from tests.fuzz.wellformed import require

_REPORT = Source.from_text(
    "# 柳村2024年收成报告\n\n## 一、概况\n\n好。\n\n| 作物 | 春季 | 合计 |\n|---|---|---|\n| 小麦 | 12 | 12 |\n", "a.md"
)
_PACKS = sorted(
    [*(harness.ROOT / "tests").rglob("harvest.yaml"), *(harness.ROOT / "examples" / "packs").glob("*.yaml")]
)
_FOLDER = tempfile.mkdtemp(prefix="gklint-fuzz-")
_CONFIG = b"""packs: [builtin]
select: [GK1, GK401]
ignore: []
per-file-ignores:
  "a/*.md": [GK301]
severity: {GK305: error}
fail-on: warning
exclude: ["old/", "!old/a.md"]
"""
_TOML = b"""[tool.gklint]
select = ["GK1", 'GK4']
fail-on = "error"
[tool.gklint.per-file-ignores]
"a b.md" = [{ rule = "GK301", reason = "x" }]
"""


def target(data: bytes) -> None:
    """The first byte says what the others are."""
    kind, content = (data[0] % 4 if data else 0), data[1:]
    try:
        if kind < 2:
            pack = pack_from_bytes(content, "pack.yaml")
            lint_source(_REPORT, [pack])
        else:
            path = Path(_FOLDER, "gklint.yaml" if kind == 2 else "pyproject.toml")
            path.write_bytes(content)
            (read_yaml if kind == 2 else read_pyproject)(str(path), path.name, _FOLDER)
    except (PackError, ConfigError) as error:
        for problem in error.problems:
            require(bool(problem.message.strip()), data)
            require("\n" not in problem.message, problem.message)
            require(
                problem.line is None or 1 <= problem.line <= content.count(b"\n") + content.count(b"\r") + 1, problem
            )


def _seeds() -> list[bytes]:
    seeds = [b"\x02" + _CONFIG, b"\x03" + _TOML]
    for path in _PACKS:
        text = path.read_text("utf-8")
        seeds.extend(b"\x00" + mutate(text, Random(seed), seed).encode("utf-8", "replace") for seed in range(6))
    return seeds


if __name__ == "__main__":
    harness.start(target, _seeds())
