"""``gklint config``: what is in force for a file, and where each value comes from."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from gklint.cli import options as common
from gklint.errors import Exit

if TYPE_CHECKING:
    from gklint.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.description = (
        "Print the settings that are in force for a file or folder, and where each comes from: the default, a line of "
        "a configuration, or the command line."
    )
    parser.add_argument("path", metavar="PATH", nargs="?", default=".", help="a file or folder (default: .)")
    common.add_text_or_json(parser)
    common.add_config(parser)
    common.add_selection(parser)
    common.add_language(parser)
    common.add_rules(parser)


def run(options: argparse.Namespace) -> int:
    """Print the settings; everything that the configuration names is looked at on the way."""
    from pathlib import Path

    policy = common.policy(options)
    path = str(Path(options.path, "gklint.yaml")) if Path(options.path).is_dir() else options.path
    settings = policy.settings(path)
    settings.prepare()
    if options.output_format == "json":
        import json

        sys.stdout.write(json.dumps(_data(settings, options), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("".join(f"{line}\n" for line in _lines(settings, options, path)))
    return Exit.CLEAN


def _data(settings: Settings, options: argparse.Namespace) -> dict[str, Any]:
    from gklint.config import KEYS

    values = {}
    for key in KEYS:
        value, origin, line = settings[key]
        kind = "file" if line is not None else origin
        values[key] = {"value": value, "origin": kind, "file": origin if kind == "file" else None, "line": line}
    return {
        "version": 1,
        "path": options.path,
        "configuration": settings.config.path,
        "left_out": settings.left_out(options.path),
        "settings": values,
        "packs": [{"id": pack.id, "file": pack.path} for pack in settings.packs],
    }


def _lines(settings: Settings, options: argparse.Namespace, path: str) -> list[str]:
    from gklint.config import KEYS
    from gklint.output.cells import cells, plain

    lines = [f"# {plain(options.path)}: {plain(settings.config.path or 'no configuration')}"]
    left_out = settings.left_out(path)
    if left_out is not None:
        lines.append(f"# left out by {plain(left_out)}")
    shown: list[tuple[str, str]] = []
    for key in KEYS:
        value = settings[key]
        inside = value.value
        if inside is None:
            shown.append((f"# {key}: not set", str(value)))
        elif isinstance(inside, dict) and inside:
            shown.append((f"{key}:", str(value)))
            for name, part in inside.items():
                place = settings.config.located.keys.get((key, name)) if settings.config.located else None
                origin = f"{settings.config.path}:{place.line}" if place else str(value)
                shown.append((f"  {to_yaml(name)}: {to_yaml(part)}", origin))
        else:
            shown.append((f"{key}: {to_yaml(inside)}", str(value)))
    width = min(max(cells(text) for text, _ in shown), 60)
    for text, origin in shown:
        text = plain(text)
        lines.append(f"{text}{' ' * max(width - cells(text), 0)}  # {plain(origin)}")
    lines += [f"# pack {pack.id}: {plain(pack.path)}" for pack in settings.packs]
    return lines


def to_yaml(value: Any) -> str:
    """A value as YAML on one line: JSON is some, and plain words need no quotes."""
    import json
    import re

    if isinstance(value, list):
        return f"[{', '.join(map(to_yaml, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {to_yaml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, str) and re.fullmatch(r"[A-Za-z_/.\u4e00-\u9fff][\w/.\u4e00-\u9fff-]*", value):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
