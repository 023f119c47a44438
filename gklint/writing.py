"""Writing a file in place of itself: all or nothing, as it was but for its content, never over another's change."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from gklint.documents.source import Source, decode, encode, read_bytes
from gklint.errors import SourceError, WriteError
from gklint.records import dataclass


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it was when it was read."""

    path: str
    data: bytes

    def encoded(self, source: Source, text: str) -> bytes:
        """The bytes of ``text``, which ``source``, decoded from this file, became.

        Raises `WriteError` for a character that the encoding lacks, or if encoding would change what was not touched.
        """
        try:
            if encode(source, source.text) == self.data:
                return encode(source, text)
        except SourceError as error:
            raise WriteError(error.message, source.path) from error
        raise WriteError(
            f"cannot be fixed: some of its bytes are not those that its text has in {source.encoding}, and fixing "
            "would change them; save the file as UTF-8 and run gklint again",
            source.path,
        )


def read_original(path: str) -> tuple[Source, Original]:
    """Read a file that may be written later.  Raises `SourceError` as `read_source` does."""
    data, shown = read_bytes(path)
    return decode(data, shown), Original(path, data)


def replace_file(original: Original, source: Source, text: str) -> None:
    """Write ``text`` in the encoding of ``source`` in the place of the file that was read.

    The new file is complete on disk before it takes the old one's place, and has its mode and, where that may be, its
    owner.  A link stays a link: what it leads to is replaced.  Raises `WriteError`, the file being untouched, if the
    folder or the file may not be written, the disk is full, the encoding lacks a character, or the file is not what it
    was when it was read.
    """
    shown = source.path
    data = original.encoded(source, text)
    target = Path(os.path.realpath(original.path))
    try:
        status = target.stat()
        if not stat.S_ISREG(status.st_mode):
            raise WriteError("cannot be written: it is not a file on disk", shown)
        if not os.access(target, os.W_OK):
            raise WriteError("cannot be written: Permission denied", shown)
        temporary = _temporary(target, data, status)
        try:
            _check_unchanged(original, target, shown)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise WriteError(f"cannot be written: {error.strerror or error}", shown) from error
    _sync_folder(target.parent)


def _temporary(target: Path, data: bytes, status: os.stat_result) -> Path:
    """A file beside ``target`` with its mode that holds ``data``, safe on disk."""
    from tempfile import mkstemp

    handle, name = mkstemp(prefix=f".{target.name[:40]}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if hasattr(os, "fchown") and (status.st_uid, status.st_gid) != (os.geteuid(), os.getegid()):
                # Not everybody may give a file to another owner; the mode below is kept in any case.
                with suppress(OSError):
                    os.fchown(file.fileno(), status.st_uid, status.st_gid)
            temporary.chmod(stat.S_IMODE(status.st_mode))
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _check_unchanged(original: Original, target: Path, shown: str) -> None:
    # The size settles most cases without reading; a clock can be too coarse to show a change, so the content decides.
    if target.stat().st_size != len(original.data) or target.read_bytes() != original.data:
        raise WriteError("not written: it was changed while gklint was checking it; run gklint again", shown)


def _sync_folder(folder: Path) -> None:
    """Have the new name on disk too, where the system can do that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
