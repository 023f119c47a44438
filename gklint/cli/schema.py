"""``gklint schema``: print the JSON Schema of packs or of configurations."""

from __future__ import annotations

import argparse
import sys
from importlib.resources import files

from gklint.errors import Exit


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.description = (
        "Print the JSON Schema (Draft 2020-12) of packs, or of configurations, for completion and checks in an editor."
    )
    parser.add_argument("--config", action="store_true", help="the schema of gklint.yaml instead of that of packs")


def run(options: argparse.Namespace) -> int:
    """Print the schema as it ships with the package."""
    package, name = ("gklint.config", "config") if options.config else ("gklint.packs", "pack")
    sys.stdout.write((files(package) / f"{name}.schema.json").read_text(encoding="utf-8"))
    return Exit.CLEAN
