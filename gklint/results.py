"""What came of files, kept from one run to the next: a file that has not changed is not linted again.

An entry belongs to a path.  It holds for a file with the same content, the same packs and the same gklint; what the
configuration says of findings is applied afterwards and does not matter here.  The content need not be read where size,
times and number of the file are those that were noted when it was, unless it had been written so shortly before that
a later change might not show in them.

The entries are in a few dozen files of JSON, each replaced as a whole, so that runs side by side do no harm: the last
one wins.  Each file begins with a digest of what follows, keyed by the folder that it is in.  One that is damaged, or
was made in another folder, is passed over; nothing in any of them is executed, and an entry that is not of the form
written here is none.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from gklint.documents.model import Span
from gklint.documents.source import Source, decode
from gklint.errors import SourceError
from gklint.examine import Examined, Stamp, content_digest, read_stamped, stamp_of
from gklint.findings import Edit, Finding, Message, Related, Severity, Suppressed
from gklint.packs.cache import blake2b, default_cache_dir, pack_key

if TYPE_CHECKING:
    from gklint.packs.model import Pack

FOLDER = "results"
_SHARDS = 64
_MOST = 4000
"""Entries that a file keeps; those that were used longest ago go first."""
_MAX_BYTES = 64 * 1024 * 1024
_DAY = 86_400
_UNUSED_DAYS = 30


class _Entry(NamedTuple):
    """What is kept of a file: what it depends on, the file's stamp (empty: not to be relied on), its content's digest,
    the day of the last use, and what came of it."""

    depends: str
    stamp: Stamp
    digest: str
    day: int
    outcome: Any


class Results:
    """The kept outcomes of one folder.

    ``look_up`` before linting, ``keep`` after, ``save`` at the end.  No method raises for anything that is wrong with
    the folder.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._shards: dict[int, dict[str, _Entry]] = {}
        self._changed: set[int] = set()
        self._depends: dict[int, tuple[Sequence[Pack], str]] = {}
        self._code = _code_digest()
        self._today = int(time.time()) // _DAY
        self._key: bytes | None = None

    def look_up(self, path: str, packs: Sequence[Pack]) -> Examined | None:
        """What came of the file in an earlier run, if that still holds."""
        depends = self._depends_on(packs)
        if not depends:
            return None
        name = os.path.abspath(path)
        number = _shard_of(name)
        shard = self._shard(number)
        entry = shard.get(name)
        if entry is None or entry.depends != depends:
            return None
        try:
            data: bytes | None = None
            stamp = stamp_of(os.stat(path))
            if stamp != entry.stamp:
                data, _, stamp = read_stamped(path)
                if content_digest(data) != entry.digest:
                    return None
            examined = _outcome(path, entry, data)
        except (SourceError, OSError, ValueError, TypeError, IndexError):
            return None
        if stamp != entry.stamp or self._today - entry.day > _UNUSED_DAYS // 4:
            shard[name] = entry._replace(stamp=stamp, day=self._today)
            self._changed.add(number)
        return examined

    def keep(self, path: str, packs: Sequence[Pack], examined: Examined) -> None:
        """Note what came of a file, if that will last."""
        depends = self._depends_on(packs)
        if not examined.lasting or not depends:
            return
        name = os.path.abspath(path)
        number = _shard_of(name)
        self._shard(number)[name] = _Entry(depends, examined.stamp, examined.digest, self._today, _dump(examined))
        self._changed.add(number)

    def save(self) -> None:
        """Write what is new."""
        if not self._changed:
            return
        try:
            os.makedirs(self._folder, exist_ok=True)
            for number in sorted(self._changed):
                self._write(number)
        except (OSError, ValueError):
            return
        self._changed.clear()

    def _depends_on(self, packs: Sequence[Pack]) -> str:
        """What outcomes depend on besides the file; empty if that cannot be said."""
        known = self._depends.get(id(packs))
        if known is not None and known[0] is packs:
            return known[1]
        keys = [pack_key(pack) for pack in packs]
        digest = blake2b(self._code, digest_size=12)
        for key in keys:
            digest.update(f"{key}\0".encode())
        depends = "" if None in keys else digest.hexdigest()
        self._depends[id(packs)] = (packs, depends)
        return depends

    def _shard(self, number: int) -> dict[str, _Entry]:
        shard = self._shards.get(number)
        if shard is None:
            shard = self._shards[number] = self._load(number)
        return shard

    def _path(self, number: int) -> str:
        return os.path.join(self._folder, f"{number:02x}.json")

    def _frame(self, body: bytes) -> bytes:
        if self._key is None:
            status = os.stat(self._folder)
            place = f"{os.path.realpath(self._folder)}\0{status.st_dev}\0{status.st_ino}"
            self._key = blake2b(place.encode("utf-8", "surrogatepass"), digest_size=32).digest()
        return b"gklint results 1 " + blake2b(body, digest_size=16, key=self._key).hexdigest().encode() + b"\n"

    def _load(self, number: int) -> dict[str, _Entry]:
        from gklint.packs.compiled import parse_json

        try:
            with open(self._path(number), "rb") as file:
                frame = file.readline(100)
                body = file.read(_MAX_BYTES)
            if frame != self._frame(body):
                return {}
            return {name: _entry(fields) for name, fields in parse_json(body.decode("ascii")).items()}
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return {}

    def _write(self, number: int) -> None:
        import json

        entries = self._shards[number]
        kept = {name: entry for name, entry in entries.items() if self._today - entry.day <= _UNUSED_DAYS}
        if len(kept) > _MOST:
            kept = dict(sorted(kept.items(), key=lambda item: item[1].day)[-_MOST:])
        body = json.dumps(kept, separators=(",", ":")).encode("ascii")
        partial = f"{self._path(number)}.{os.getpid()}.part"
        try:
            with open(partial, "wb") as file:
                file.write(self._frame(body) + body)
            os.replace(partial, self._path(number))
        except OSError:
            if os.path.exists(partial):
                os.unlink(partial)
            raise


def default_results() -> Results | None:
    """The results in the user's cache folder; None where there is to be no cache."""
    folder = default_cache_dir()
    return None if folder is None else Results(os.path.join(folder, FOLDER))


def clean(folder: str) -> int:
    """Delete what gklint keeps in a cache folder, and the folder if nothing else is in it; the number of files.

    Raises OSError for a file that cannot be deleted.
    """
    count = 0
    for below, suffixes in ((os.path.join(folder, FOLDER), (".json", ".part")), (folder, (".pack", ".part"))):
        try:
            names = sorted(os.listdir(below))
        except FileNotFoundError:
            continue
        for name in names:
            if name.endswith(suffixes):
                os.unlink(os.path.join(below, name))
                count += 1
        if not os.listdir(below):
            os.rmdir(below)
    return count


def _shard_of(name: str) -> int:
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=1).digest()[0] % _SHARDS


def _code_digest() -> bytes:
    """A digest of what a file's outcome depends on besides the file and the packs: gklint, its parser, Python."""
    from importlib.util import find_spec

    digest = blake2b(f"{sys.implementation.name} {sys.hexversion}".encode(), digest_size=16)
    package = os.path.dirname(os.path.abspath(__file__))
    parser = find_spec("markdown_it")
    sources = [*_sources(package)]
    if parser is not None and parser.origin is not None:
        sources.append((parser.origin, os.stat(parser.origin)))
    for path, status in sorted(sources, key=lambda source: source[0]):
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\0".encode("utf-8", "surrogatepass"))
    return digest.digest()


def _sources(folder: str) -> Iterable[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                yield entry.path, entry.stat()
            elif entry.is_dir() and entry.name not in ("__pycache__", "rules", "prebuilt"):
                yield from _sources(entry.path)


# --- what is written --------------------------------------------------------------------------------------------------


def _dump(examined: Examined) -> Any:
    return [
        examined.pack,
        [_dump_finding(finding) for finding in examined.findings],
        [[_dump_finding(other.finding), other.by, other.reason] for other in examined.suppressed],
    ]


def _dump_finding(finding: Finding) -> Any:
    return [
        finding.code,
        finding.name,
        int(finding.severity),
        finding.span,
        [*finding.message],
        [[other.span, other.message] for other in finding.related],
        [[edit.span, edit.replacement, edit.safe] for edit in finding.edits],
        finding.pack,
        finding.address,
        finding.equation,
    ]


def _entry(fields: Any) -> _Entry:
    """An entry as it was written.  Raises ValueError or TypeError for anything else."""
    entry = _Entry(*fields)
    stamped = type(entry.stamp) is list and all(type(number) is int for number in entry.stamp)
    if not stamped or type(entry.depends) is not str or type(entry.digest) is not str or type(entry.day) is not int:
        raise ValueError("no entry")
    return entry


def _outcome(path: str, entry: _Entry, data: bytes | None) -> Examined | None:
    """What came of the file; None if its content is no longer what it was.

    ``data`` is the content, where that has been read already.  Raises for what is no outcome.
    """
    pack, findings, suppressed = entry.outcome
    if type(findings) is not list or type(suppressed) is not list:
        raise ValueError("no outcome")
    if not findings and not suppressed:
        return Examined(_text(pack), [], [], None, True, entry.digest) if pack is not None else _OTHER
    if data is None:
        data, _, _ = read_stamped(path)
        if content_digest(data) != entry.digest:
            return None
    shown = path.replace(os.sep, "/") if os.sep != "/" else path
    source = decode(data, shown)
    return Examined(
        _text(pack),
        [_load_finding(fields, shown, source) for fields in findings],
        [
            Suppressed(_load_finding(fields, shown, source), _text(by), _text(reason))
            for fields, by, reason in suppressed
        ],
        source,
        True,
        entry.digest,
    )


_OTHER = Examined(None, [], [], None, True)


def _load_finding(fields: Any, path: str, source: Source) -> Finding:
    code, name, severity, span, message, related, edits, pack, address, equation = fields
    return Finding(
        _text(code),
        _text(name),
        Severity(severity),
        path,
        _span(span, source),
        _message(message),
        tuple([Related(_span(place, source), _message(words)) for place, words in related]),
        tuple([_edit(edit, source) for edit in edits]),
        None if pack is None else _text(pack),
        tuple([_text(part) for part in address]),
        None if equation is None else _message(equation),
    )


def _edit(fields: Any, source: Source) -> Edit:
    span, replacement, safe = fields
    if type(safe) is not bool:
        raise ValueError("no edit")
    return Edit(_span(span, source), _text(replacement), safe)


def _text(value: Any) -> str:
    if type(value) is not str:
        raise ValueError("no text")
    return value


def _message(fields: Any) -> Message:
    zh, en = fields
    return Message(_text(zh), _text(en))


def _span(fields: Any, source: Source) -> Span:
    line, column, end_line, end_column = fields
    if not all(type(number) is int and number > 0 for number in fields):
        raise ValueError("no span")
    if max(line, end_line) > len(source.lines):
        raise ValueError("no place of this text")
    return Span(line, column, end_line, end_column)
