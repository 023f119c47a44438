"""Packs from files: read, checked and built, every mistake with its place."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gklint.errors import GklintError, PackError, PathError
from gklint.packs.model import Pack
from gklint.reading import read_file

SUFFIXES = (".yaml", ".yml")
MAX_BYTES = 2 * 1024 * 1024


def load_pack(path: Path, *, validate: bool = True) -> Pack:
    """The pack in a YAML file.

    Raises PackError with every mistake found.  ``validate=False`` leaves out the comparison with the schema and the
    checks of what refers to what, for a file that is known to be right.
    """
    return pack_from_bytes(read_bytes(path), str(path), validate=validate)


def read_bytes(path: Path) -> bytes:
    """The content of a pack file, no more of it than is needed to see that it is too large.  Raises PackError."""
    try:
        return read_file(path, MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise PackError([GklintError(message, str(path))]) from None


def pack_from_bytes(content: bytes, name: str, *, validate: bool = True) -> Pack:
    """The pack in the bytes of a YAML file; ``name`` is the file's name in messages.  As `load_pack`."""
    if len(content) > MAX_BYTES:
        message = f"larger than {MAX_BYTES // 1024 // 1024} MB, the most that a pack may have"
        raise PackError([GklintError(message, name)])
    from gklint.packs.build import build_pack
    from gklint.packs.positions import parse_yaml

    located = parse_yaml(content, name)
    problems: list[GklintError] = []
    if validate:
        from gklint.packs.schema import check_data

        # A pack of the wrong shape is not looked at further: what would follow is only the same mistakes again.
        problems = check_data(located)
        if problems:
            raise PackError(_sorted(problems))
    try:
        pack, problems = build_pack(located)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        if validate:
            raise
        message = f"not the shape of a pack ({type(error).__name__}: {error}); load it with validation to see why"
        raise PackError([GklintError(message, name)]) from None
    if validate and not problems:
        from gklint.packs.meaning import check_pack

        problems = check_pack(pack, located)
    if problems:
        raise PackError(_sorted(problems))
    return pack


def load_packs(paths: Iterable[Path], *, validate: bool = True) -> list[Pack]:
    """The packs of files and of folders (their ``*.yaml`` and ``*.yml`` by name, not those of folders inside).

    Raises PackError with the mistakes of all files, PathError for a path that does not exist.
    """
    packs: list[Pack] = []
    problems: list[GklintError] = []
    for path in pack_files(paths):
        try:
            packs.append(load_pack(path, validate=validate))
        except PackError as error:
            problems.extend(error.problems)
    if problems:
        raise PackError(problems)
    if validate:
        problems = check_together(packs)
        if problems:
            raise PackError(problems)
    return packs


def pack_files(paths: Iterable[Path]) -> list[Path]:
    """The pack files that files and folders stand for, each once.  Raises PathError."""
    files: dict[Path, None] = {}
    for path in paths:
        try:
            if path.is_dir():
                found = sorted(
                    file
                    for file in path.iterdir()
                    if file.suffix.lower() in SUFFIXES and not file.name.startswith(".") and file.is_file()
                )
                if not found:
                    raise PathError("no pack (*.yaml) in this folder", str(path))
                files.update(dict.fromkeys(found))
            elif path.exists():
                files[path] = None
            else:
                raise PathError("no such pack file or folder", str(path))
        except (OSError, ValueError) as error:
            raise PathError(f"cannot be read: {getattr(error, 'strerror', None) or error}", str(path)) from None
    return list(files)


def check_together(packs: list[Pack]) -> list[GklintError]:
    """What is wrong between packs: two of one id, one code under two names."""
    problems: list[GklintError] = []
    ids: dict[str, Pack] = {}
    names: dict[str, tuple[str, Pack]] = {}
    codes: dict[str, tuple[str, Pack]] = {}
    for pack in packs:
        first = ids.setdefault(pack.id, pack)
        if first is not pack:
            problems.append(GklintError(f"a second pack {pack.id!r}; the first is {first.path}", pack.path, 1, 1))
        for identity in pack.identities:
            name, other = names.setdefault(identity.code, (identity.name, pack))
            if name != identity.name:
                problems.append(
                    GklintError(f"{identity.code} is {identity.name!r} here but {name!r} in {other.path}", pack.path)
                )
            code, other = codes.setdefault(identity.name, (identity.code, pack))
            if code != identity.code:
                problems.append(
                    GklintError(f"{identity.name!r} is {identity.code} here but {code} in {other.path}", pack.path)
                )
    return problems


def builtin_dir() -> Path:
    """The folder of the packs that come with gklint.

    Inside the package where it is installed, beside it in a source tree.  Raises PathError if neither is there.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "rules", package.parent / "rules"):
        if folder.is_dir():
            return folder
    raise PathError("gklint's own packs are missing from the installation; install it again", str(package / "rules"))


def builtin_packs() -> list[Pack]:
    """The packs that come with gklint, with their examples, read from their YAML.

    `gklint.packs.cache` has the fast way, without the examples.
    """
    return load_packs([builtin_dir()])


def _sorted(problems: list[GklintError]) -> list[GklintError]:
    return sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0, problem.message))
