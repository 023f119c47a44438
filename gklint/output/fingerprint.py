"""Fingerprints: the same finding has the same one after lines have moved or its file was renamed."""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from gklint.findings import sort_key

if TYPE_CHECKING:
    from gklint.documents.source import Source
    from gklint.findings import Finding
    from gklint.output.context import Context


def fingerprints(findings: Sequence[Finding], context: Context) -> Iterator[str]:
    """The fingerprint of each finding, 32 hexadecimal digits.

    It is made of the code, of where in the report the finding stands, of the text of its line without white space (of a
    very long one, a digest of that), and of the count of equal ones before it in the same file.  Neither path nor line
    number nor language goes in.
    """
    if context.suppressed:
        # What is left out has its place in the count, so that no fingerprint changes with what is left out.
        everything = sorted([*findings, *(other.finding for other in context.suppressed)], key=sort_key)
        known = dict(zip(map(id, everything), _made(everything, context), strict=True))
        return (known[id(finding)] for finding in findings)
    return _made(findings, context)


def _made(findings: Sequence[Finding], context: Context) -> Iterator[str]:
    # By file and the first half of the digest, which is kept as short as can be.
    seen: dict[str, dict[bytes, int]] = {}
    for finding in findings:
        line = _essence(context.line(finding.path, finding.span.line) or "")
        parts = [finding.code, *finding.address, line]
        digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass"))
        key = digest.digest()[:16]
        counts = seen.setdefault(finding.path, {})
        counts[key] = count = counts.get(key, 0) + 1
        yield hashlib.sha256(f"{digest.hexdigest()}:{count}".encode()).hexdigest()[:32]


@lru_cache(maxsize=4)
def _essence(line: str) -> str:
    """What a fingerprint takes of a line.

    A whole page can be one line with any number of findings: what is worked out once for all of them must be short.
    """
    text = "".join(line.split())
    return text if len(text) <= _LONG else hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


_LONG = 10_000
_WINDOW = 100
_FACTOR = 37
_MASK = (1 << 64) - 1
_PORTION = 100_000
_END = 0xFFFF


class LineHashes:
    """A hash for each line, and how many lines up to that have the same: a list of texts that takes up little."""

    __slots__ = ("_counts", "_values")

    def __init__(self) -> None:
        self._values = array("Q")
        self._counts = array("L")

    def append(self, value: int, count: int) -> None:
        self._values.append(value)
        self._counts.append(count)

    def __getitem__(self, index: int) -> str:
        return f"{self._values[index]:x}:{self._counts[index]}"

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def __len__(self) -> int:
        return len(self._values)


def line_hashes(source: Source) -> LineHashes:
    """For each line of a source what GitHub calls ``primaryLocationLineHash``.

    GitHub computes it when findings are uploaded from a workflow and warns where a tool's own differs: a polynomial
    over the 100 UTF-16 units from the line's beginning on, spaces and tabs left out and every line end taken as LF, an
    end mark after the last, zeros after that; then a colon and how many lines up to this one have the same.  The file
    is always read as UTF-8 there, whatever it is, so this takes its bytes the same way.
    """
    if source.encoding == "utf-8":
        text = ("\ufeff" if source.bom else "") + source.text
    else:
        text = (source.bom + source.text.encode(source.encoding, "replace")).decode("utf-8", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    codec = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"
    units = array("H", text.encode(codec, "surrogatepass"))
    units.append(_END)
    length = len(units)
    units.extend([0] * _WINDOW)
    shift = pow(_FACTOR, _WINDOW, 1 << 64)
    counts: dict[int, int] = {}
    hashes = LineHashes()
    for begin in range(0, length, _PORTION):
        portion = units[begin : begin + _PORTION + _WINDOW]
        # With the value of every prefix at hand, that of any window is one subtraction.
        prefixes = list(accumulate(portion, lambda value, unit: (value * _FACTOR + unit) & _MASK, initial=0))
        starts = [index + 1 for index, unit in enumerate(portion[:_PORTION]) if unit == 0x0A]
        for start in starts if begin else [0, *starts]:
            value = (prefixes[start + _WINDOW] - prefixes[start] * shift) & _MASK
            counts[value] = counts.get(value, 0) + 1
            hashes.append(value, counts[value])
    return hashes
