"""What every target of the coverage-guided fuzzing shares: instrumented imports, one way to start.

A target is a function from bytes that raises for anything that must not happen; libFuzzer keeps inputs that reach new
code and builds on them.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def load() -> None:
    """Import all of gklint with its branches counted; to be called before any module of it is imported."""
    with atheris.instrument_imports(include=["gklint"], enable_loader_override=False):
        import gklint

        # Much is imported only when it is needed, which would be too late.
        for module in pkgutil.walk_packages(gklint.__path__, "gklint."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)


def start(target: Callable[[bytes], None], seeds: Iterable[bytes] = ()) -> None:
    """Fuzz as the command line says: the first folder named on it is the corpus, and gets the seeds if it is empty."""
    folders = [Path(word) for word in sys.argv[1:] if not word.startswith("-")]
    if folders and not folders[0].is_file():
        folders[0].mkdir(parents=True, exist_ok=True)
        if not any(folders[0].iterdir()):
            for number, seed in enumerate(seeds):
                (folders[0] / f"seed-{number:03}").write_bytes(seed)
    # Traces of integer comparisons cost much and tell little about text.
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()
