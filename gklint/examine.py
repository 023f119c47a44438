"""What comes of one file, in a form that can be sent to another process and be kept."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from typing import NamedTuple

from gklint.checks.run import no_pack, unreadable
from gklint.documents.source import Source, decode, read_bytes
from gklint.errors import SourceError
from gklint.findings import Finding, Suppressed
from gklint.packs.model import Pack

_RACY = 2_000_000_000
"""Nanoseconds within which a file system may give two changes the same time."""

Stamp = list[int]
"""Size, times and number of a file; empty if it is not to be relied on."""


class Examined(NamedTuple):
    """What came of a file.

    ``pack`` is the id of the pack that applied, None if none did; ``findings`` are in order of place.  ``source`` is
    the file's text where there is anything to show of it.  ``lasting`` says that the same content will always come to
    the same; ``digest`` is that of the content, ``stamp`` the file's when that was read.
    """

    pack: str | None
    findings: list[Finding]
    suppressed: list[Suppressed]
    source: Source | None
    lasting: bool
    digest: str = ""
    stamp: Stamp = []  # noqa: RUF012, never changed


def examine(path: str, packs: Sequence[Pack], *, named: bool, kept: bool = True) -> Examined:
    """Lint a file.

    If no pack applies to one that is ``named``, or it cannot be read or takes more memory than there is, that is a
    finding.  What will not be ``kept`` needs neither digest nor stamp.
    """
    try:
        return _examine(path, packs, named, kept)
    except MemoryError:
        pass  # what it took is free again from here on
    return Examined(None, [unreadable(path, out_of_memory())], [], None, False)


def out_of_memory() -> SourceError:
    """What is said of a file for which the memory is too small."""
    return SourceError(
        "cannot be checked: it takes more memory than there is; divide it, or give gklint more memory",
        zh="无法检查：内存不足；请拆分文件，或为 gklint 提供更多内存",
    )


def _examine(path: str, packs: Sequence[Pack], named: bool, kept: bool) -> Examined:
    stamp: Stamp = []
    try:
        if kept:
            data, shown, stamp = read_stamped(path)
        else:
            data, shown = read_bytes(path)
        source = decode(data, shown)
    except SourceError as error:
        return Examined(None, [unreadable(error.path or path, error)], [], None, False)
    digest = content_digest(data) if kept else ""
    # A long document takes up enough memory without its bytes.
    del data
    from gklint.linter import lint_source

    linted = lint_source(source, list(packs))
    findings, suppressed = linted.findings, linted.suppressed
    if linted.report is None:
        if not named:
            return Examined(None, [], [], None, True, digest, stamp)
        from gklint.documents import format_of
        from gklint.suppress import suppress

        sifted = suppress(source, format_of(shown) or "text", [no_pack(shown, [pack.id for pack in packs])], packs)
        return Examined(None, sifted.findings, sifted.suppressed, source, False)
    return Examined(
        linted.report.pack.id,
        findings,
        suppressed,
        source if findings or suppressed else None,
        True,
        digest,
        stamp,
    )


def read_stamped(path: str) -> tuple[bytes, str, Stamp]:
    """The bytes of a file, its path as messages show it, and its stamp: empty if a later change might not show in it.

    Raises `SourceError`.
    """
    now = time.time_ns()
    before = _status(path)
    data, shown = read_bytes(path)
    stamp = _status(path)
    return data, shown, stamp if stamp == before and max(stamp[1:3], default=now) < now - _RACY else []


def _status(path: str) -> Stamp:
    try:
        return stamp_of(os.stat(path))
    except (OSError, ValueError):
        return []


def stamp_of(status: os.stat_result) -> Stamp:
    """What tells one state of a file from another without reading it."""
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def content_digest(data: bytes) -> str:
    """What tells one content from another."""
    from gklint.packs.cache import blake2b

    return blake2b(data, digest_size=16).hexdigest()
