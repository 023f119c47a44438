"""``python -m gklint``."""

from __future__ import annotations

from gklint.cli.main import command

if __name__ == "__main__":
    command()
