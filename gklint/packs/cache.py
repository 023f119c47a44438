"""Packs kept in their compiled form, so that a run need not read YAML.

An entry is a file of its own for each pack, named by what the pack depends on: the bytes of its YAML file, the version
of gklint and the code that builds packs.  An entry that is not exactly what was written there is passed over.  Before
the cache folder, ``prebuilt`` inside the package is looked into: ``python -m gklint.packs.cache FOLDER`` fills such a
folder for the packs that come with gklint, when a wheel is built.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from gklint.errors import GklintError, PackError
from gklint.packs.loader import builtin_dir, check_together, pack_files, pack_from_bytes, read_bytes
from gklint.packs.model import Pack
from gklint.records import replace

try:
    from _blake2 import blake2b as blake2b  # hashlib takes in all of OpenSSL, which costs more than reading a pack
except ImportError:
    from hashlib import blake2b as blake2b

KEPT = 64
"""Entries that a cache folder holds; the oldest go first."""
_BUILDERS = (
    "build.py",
    "automaton.py",
    "build.py",
    "compiled.py",
    "effort.py",
    "examples.py",
    "expressions.py",
    "grammar.py",
    "loader.py",
    "matching.py",
    "meaning.py",
    "model.py",
    "pack.schema.json",
    "patterns.py",
    "paths.py",
    "positions.py",
    "schema.py",
)
"""The files of this folder whose change makes entries stale."""


def cached_load(paths: Iterable[Path], cache_dir: Path | None) -> list[Pack]:
    """The packs of files and folders as `load_packs` gives them, but without their examples (``gklint test`` wants
    those, and loads with `load_packs`).

    ``cache_dir`` is where compiled packs are kept, None for nowhere.  It is made if it is missing; a folder that cannot
    be read or written changes nothing.  Raises PackError and PathError as `load_packs` does.
    """
    packs: list[Pack] = []
    problems: list[GklintError] = []
    code = code_digest()
    for path in pack_files(paths):
        try:
            packs.append(_load_one(path, cache_dir, code))
        except PackError as error:
            problems.extend(error.problems)
    problems = problems or check_together(packs)
    if problems:
        raise PackError(problems)
    return packs


def default_cache_dir() -> Path | None:
    """The cache folder: ``GKLINT_CACHE_DIR`` (empty: no cache), else ``gklint`` in the user's cache folder."""
    chosen = os.environ.get("GKLINT_CACHE_DIR")
    if chosen is not None:
        return Path(chosen) if chosen else None
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local, "gklint", "cache") if local else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "gklint"
    # As the XDG specification has it, a path that is not absolute is passed over.
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (base if base.is_absolute() else home / ".cache") / "gklint"


def prebuilt_dir() -> Path:
    """The folder inside the package with the compiled form of the packs that come with it; it need not be there."""
    return Path(__file__).with_name("prebuilt")


def code_digest() -> bytes:
    """A digest of gklint's version and of the code that packs are built by."""
    import gklint

    digest = blake2b(str(getattr(gklint, "__version__", "")).encode(), digest_size=16)
    folder = Path(__file__).parent
    for name in _BUILDERS:
        try:
            digest.update((folder / name).read_bytes())
        except OSError:  # a package without its sources
            continue
        digest.update(b"\0")
    return digest.digest()


def entry_key(*parts: bytes) -> str:
    """The key of an entry that depends on these parts."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.hexdigest()


def _load_one(path: Path, cache_dir: Path | None, code: bytes) -> Pack:
    from gklint.packs.compiled import dump

    content = read_bytes(path)
    key = blake2b(content, digest_size=16, key=code).hexdigest()
    for folder in (prebuilt_dir(), cache_dir):
        if folder is not None and (kept := _read(folder, key)) is not None:
            pack = replace(kept, path=str(path))
            break
    else:
        pack = replace(pack_from_bytes(content, str(path)), examples=())
        if cache_dir is not None:
            write_entry(cache_dir, key, dump(replace(pack, path="")))
    _KEYS[id(pack)] = (pack, key)
    return pack


_KEYS: dict[int, tuple[Pack, str]] = {}


def pack_key(pack: Pack) -> str | None:
    """What tells the pack from every other: its content and the code that built it; None if it was not loaded here."""
    known = _KEYS.get(id(pack))
    return known[1] if known is not None and known[0] is pack else None


def _frame(key: str, body: bytes) -> bytes:
    """The first line of an entry: what it is for, and what its body must be."""
    return f"gklint pack {key} {len(body)} {blake2b(body, digest_size=8).hexdigest()}\n".encode()


def _read(folder: Path, key: str) -> Pack | None:
    """The pack in an entry; None if it is missing, damaged, or not for this key."""
    from gklint.packs.compiled import load

    text = read_entry(folder, key)
    try:
        return load(text) if text is not None else None
    except ValueError:
        return None


def read_entry(folder: Path, key: str) -> str | None:
    """The text kept in a cache folder under a key; None if it is missing, damaged, or not for this key."""
    try:
        with (folder / f"{key}.pack").open("rb") as stream:
            frame = stream.readline(200)
            body = stream.read(16 * 1024 * 1024)
        return body.decode("utf-8") if frame == _frame(key, body) else None
    except (OSError, ValueError):
        return None


def write_entry(folder: Path, key: str, text: str) -> None:
    """Keep an entry, whole or not at all; silent where that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        body = text.encode("utf-8")
        partial = folder / f"{key}.{os.getpid()}.part"
        try:
            partial.write_bytes(_frame(key, body) + body)
            partial.replace(folder / f"{key}.pack")
        except OSError:
            partial.unlink(missing_ok=True)
            raise
        _prune(folder)
    except (OSError, ValueError):
        return


def _prune(folder: Path) -> None:
    entries = sorted(folder.glob("*.pack"), key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
    for entry in entries[KEPT:]:
        entry.unlink(missing_ok=True)


def main(arguments: list[str]) -> int:
    """Write the compiled form of the packs that come with gklint to a folder."""
    if len(arguments) != 1:
        print("usage: python -m gklint.packs.cache FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    packs = cached_load([builtin_dir()], folder)
    written = len(list(folder.glob("*.pack"))) if folder.is_dir() else 0
    if written < len(packs):
        print(f"{folder}: only {written} of {len(packs)} packs could be written", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
