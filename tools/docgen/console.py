"""The output shown in the documentation: each ``console`` block is run again and written out as it comes.

A block holds command lines, ``$ gklint …`` each, with what they print below them.  They run in the repository's root,
with neither colour nor terminal, 100 columns wide.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (gklint .*)$", re.MULTILINE)
_RUN = "import sys; from gklint.cli.main import main; sys.exit(main())"


def refresh(text: str, root: Path) -> str:
    """``text`` with what the commands of its console blocks print now."""
    return _BLOCK.sub(lambda block: f"```console\n{_rerun(block[1], root)}```", text)


def _rerun(block: str, root: Path) -> str:
    return "".join(f"$ {command}\n{_output(command, root)}" for command in _COMMAND.findall(block))


def _output(command: str, root: Path) -> str:
    clean = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "CLICOLOR_FORCE", "CI")}
    clean.update(NO_COLOR="1", COLUMNS="100", PYTHONUTF8="1", PYTHONPATH=str(root), GKLINT_CACHE_DIR="")
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *shlex.split(command)[1:]],
        cwd=root,
        env=clean,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    return "".join(f"{line}\n" for line in lines)
