"""Reading a configuration: YAML or TOML to data, compared with the schema, every mistake with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gklint.config.model import Config
from gklint.errors import ConfigError, GklintError, PackError
from gklint.packs.positions import Kind, Located, Place, Route, parse_yaml
from gklint.reading import read_file

MAX_BYTES = 1024 * 1024
KIND = Kind("a configuration", "select: …", may_be_empty=True)


def schema_path() -> Path:
    """The JSON Schema (Draft 2020-12) of a configuration, for editors."""
    return Path(__file__).with_name("config.schema.json")


def read_yaml(path: str, shown: str, folder: str) -> Config:
    """The configuration in a YAML file, called ``shown`` in messages.  Raises `ConfigError`."""
    content = _content(path, shown)
    key = _key(b"yaml", content)
    known = _recall(key, shown)
    if known is not None:
        return _config(known, content, folder)
    try:
        located = parse_yaml(content, shown, KIND)
    except PackError as error:
        raise ConfigError(error.problems) from None
    _check(located)
    _keep(key, located)
    return _config(located, content, folder)


def read_pyproject(path: str, shown: str, folder: str) -> Config | None:
    """The configuration in ``[tool.gklint]``; None if there is no such table.  Raises `ConfigError`."""
    content = _content(path, shown)
    if b"gklint" not in content:
        # Nearly every project has such a file; it is not worth a parser that is not needed.
        return None
    key = _key(b"toml", content)
    known = _recall(key, shown)
    if known is not None:
        return _config(known, content, folder)
    import tomllib
    from decimal import Decimal

    try:
        text = content.decode("utf-8")
        tool = tomllib.loads(text, parse_float=Decimal).get("tool")
    except UnicodeDecodeError as error:
        raise ConfigError([GklintError("is not UTF-8", shown, content[: error.start].count(b"\n") + 1)]) from None
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).partition(" (at ")
        numbers = [int(number) for number in re.findall(r"\d+", place)]
        line, column = numbers if len(numbers) == 2 else (text.count("\n") + 1, None)
        raise ConfigError([GklintError(f"not TOML: {message}", shown, line, column)]) from None
    except RecursionError:
        raise ConfigError([GklintError("too many levels inside one another", shown)]) from None
    if not isinstance(tool, dict) or "gklint" not in tool:
        return None
    from gklint.config.toml import places

    keys, values = places(text, ("tool", "gklint"))
    located = Located(shown, tool["gklint"], keys, values)
    _check(located)
    _keep(key, located)
    return _config(located, content, folder)


def _content(path: str, shown: str) -> bytes:
    try:
        content = read_file(path, MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError([GklintError(f"cannot be read: {error.strerror or error}", shown)]) from None
    if len(content) > MAX_BYTES:
        raise ConfigError([GklintError("larger than 1 MB, the most that a configuration may have", shown)])
    return content


def _check(located: Located) -> None:
    """Compare the data with the schema.  Raises `ConfigError` with all differences."""
    from gklint.packs.schema import check_data

    schema: dict[str, Any] = json.loads(schema_path().read_text(encoding="utf-8"))
    problems = check_data(located, schema, "a configuration")
    if problems:
        raise ConfigError(problems)


def _config(located: Located, content: bytes, folder: str) -> Config:
    return Config(folder, located.path, located, content.decode("utf-8").removeprefix("\ufeff"), located.data)


# A configuration that was read and found right is kept: the parser and the schema cost more than checking a report.

_READERS = ("read.py", "toml.py", "config.schema.json", "../packs/positions.py", "../packs/schema.py")
"""The files whose change makes what is kept stale."""


def _key(kind: bytes, content: bytes) -> str:
    from gklint import __version__
    from gklint.packs.cache import entry_key

    code = []
    for name in _READERS:
        try:
            code.append((Path(__file__).parent / name).read_bytes())
        except OSError:  # a package without its sources
            continue
    return entry_key(b"configuration", kind, __version__.encode(), *code, content)


def _keep(key: str, located: Located) -> None:
    from gklint.packs.cache import default_cache_dir, write_entry

    folder = default_cache_dir()
    if folder is not None:
        kept = {"data": located.data, "keys": _listed(located.keys), "values": _listed(located.values)}
        write_entry(folder, key, json.dumps(kept, ensure_ascii=False))


def _listed(places: Mapping[Route, Place]) -> list[list[Any]]:
    return [[list(route), place.line, place.column, place.inside] for route, place in places.items()]


def _recall(key: str, shown: str) -> Located | None:
    from gklint.packs.cache import default_cache_dir, read_entry

    folder = default_cache_dir()
    text = read_entry(folder, key) if folder is not None else None
    if text is None:
        return None
    try:
        kept = json.loads(text)
        keys, values = (
            {tuple(route): Place(line, column, inside) for route, line, column, inside in kept[name]}
            for name in ("keys", "values")
        )
        return Located(shown, kept["data"], keys, values)
    except (ValueError, KeyError, TypeError):
        return None
