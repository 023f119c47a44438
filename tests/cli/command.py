"""Running the real command on made-up harvest reports."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACK = Path(__file__).parent / "data" / "harvest.yaml"

CLEAN = """# 柳村2024年收成报告

## 一、概况

风调雨顺。

## 二、收成数字

| 作物 | 春季 | 秋季 | 合计 |
|---|---|---|---|
| 小麦 | 12 | 30 | 42 |
| 水稻 | 5 | 8 | 13 |
| 总收成 | 17 | 38 | 55 |
"""
MARKED = CLEAN.replace("| 5 |", "| ５ |")
"""A warning: GK305 at 12:8."""
EMPTY_SECTION = CLEAN.replace("风调雨顺。\n\n", "")
"""An error: GK105 at 3:4."""
OTHER = "# 会议纪要\n\n今天没有别的事。\n"


@dataclass(frozen=True)
class Done:
    """What a run of the command came to."""

    status: int
    out: str
    err: str


def gklint(
    *words: str | Path, cwd: Path, stdin: bytes = b"", rules: bool = True, environment: dict[str, str] | None = None
) -> Done:
    """Run ``gklint`` in ``cwd``, with the harvest pack alone where the command takes rules."""
    # A warning is an error there as it is here, that of a file that nobody closed as well.
    command = [sys.executable, "-W", "error", "-m", "gklint", *map(str, words)]
    if rules:
        command[6:6] = ["--no-builtin-rules", f"--rules={PACK}"]
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "GKLINT_DEBUG", "PYTHONUTF8")
    }
    clean.update(PYTHONPATH=str(ROOT), GKLINT_CACHE_DIR=str(cwd / ".cache"), PYTHONIOENCODING="ascii")
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**clean, **(environment or {})},
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert b"Exception ignored" not in done.stderr, done.stderr.decode()
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def write(folder: Path, **files: str) -> None:
    """Write reports by name, each with the suffix ``.md``."""
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
