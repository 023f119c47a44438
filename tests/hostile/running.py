"""Running the real command where it is hard, within bounds of time and memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

from tests.cli.command import EMPTY_SECTION, PACK, ROOT, Done

# To note every line of so much work would take longer than the work.
_LEFT_OUT = ("GKLINT_DEBUG", "FORCE_COLOR", "COVERAGE_PROCESS_START")
PATIENCE = 300
"""Seconds after which a run counts as one that hangs."""
MEMORY = 1200
"""Megabytes of address space that a run may take, where the system can bound that."""
WITNESS = "zz.md"
"""A report with one mistake that is checked in every run: nothing else may keep that from being found."""
WITNESSED = "zz.md:3:4: GK105 "


def hostile(
    folder: Path,
    *words: str | Path | bytes,
    rules: bool = True,
    environment: dict[str, str] | None = None,
    limits: Callable[[], object] | None = None,
    memory: int = MEMORY,
    stdin: bytes | None = b"",
    stdout: int | IO[Any] = subprocess.PIPE,
) -> Done:
    """Run ``gklint`` in ``folder``, with the harvest pack alone, in at most so many megabytes of ``memory``.

    ``limits`` is called in the process before the command.
    """
    command: list[str | bytes] = [sys.executable, "-m", "gklint", *(os.fsencode(word) for word in words)]
    if rules:
        command[4:4] = ["--no-builtin-rules", f"--rules={PACK}"]

    def prepare() -> None:
        if sys.platform == "linux":
            import resource

            resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20))
        if limits is not None:
            limits()

    done = subprocess.run(
        command,
        cwd=folder,
        env={
            **{name: value for name, value in os.environ.items() if name not in _LEFT_OUT},
            "PYTHONPATH": str(ROOT),
            # What Python may write of its own is not what is tested, and half of it would spoil later runs.
            "PYTHONDONTWRITEBYTECODE": "1",
            "GKLINT_CACHE_DIR": str(folder / ".cache"),
            **(environment or {}),
        },
        input=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=PATIENCE,
        check=False,
        preexec_fn=prepare if os.name == "posix" else None,
    )
    ran = Done(done.returncode, (done.stdout or b"").decode(), done.stderr.decode())
    well_behaved(ran)
    return ran


def well_behaved(ran: Done) -> None:
    """Require what holds of every run: an exit code of the documented ones, no traceback, no failure of our own."""
    assert ran.status in (0, 1, 2, 130, 141), ran
    assert "Traceback" not in ran.err, ran.err
    assert "gklint failed" not in ran.err, ran.err
    assert "more memory" not in ran.out, ran.out


def witness(folder: Path) -> None:
    (folder / WITNESS).write_text(EMPTY_SECTION, "utf-8")


def codes(out: str, name: str) -> set[str]:
    """The codes of the findings in a file, in concise output."""
    lines = (line for line in out.splitlines() if line.startswith(f"{name}:"))
    return {line.split(" ")[1] for line in lines}


def one_message(ran: Done, *parts: str) -> None:
    """Require that one line on standard error says why the run ended."""
    lines = [line for line in ran.err.splitlines() if line.startswith("gklint: error:")]
    assert len(lines) == 1, ran
    for part in parts:
        assert part in lines[0], lines[0][:500]


def without_capabilities(numbers: Iterable[int]) -> Callable[[], None]:
    """What takes from root that permissions do not count for it; for other users nothing."""

    def drop() -> None:
        import ctypes

        library = ctypes.CDLL(None)
        for number in numbers:
            library.prctl(24, number, 0, 0, 0)  # PR_CAPBSET_DROP

    return drop if os.geteuid() == 0 else lambda: None


unprivileged = without_capabilities((1, 2, 3))
"""Take from root what lets it read and write everything (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER)."""
