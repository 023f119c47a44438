"""``gklint schema``: print the JSON Schema of packs."""

from __future__ import annotations

import argparse
import sys
from importlib.resources import files

from gklint.errors import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command: none."""
    parser.description = "Print the JSON Schema (Draft 2020-12) of packs, for completion and checks in an editor."


def run(options: argparse.Namespace) -> int:
    """Print the schema as it ships with the package."""
    sys.stdout.write((files("gklint.packs") / "pack.schema.json").read_text(encoding="utf-8"))
    return Exit.CLEAN
