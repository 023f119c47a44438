"""Bytes to a source to a document, by every reader: refused with a message, or read with every place right."""

from __future__ import annotations

import harness

harness.load()

from gklint.documents import FORMATS, read
from gklint.documents.source import Source, decode
from gklint.errors import SourceError
from tests.fuzz.mutate import JUNK
from tests.fuzz.wellformed import as_long, check_document, contents, require
from tests.generator import LAYOUTS, Options, make_report, render

_FORMATS = tuple(dict.fromkeys(FORMATS.values()))


def target(data: bytes) -> None:
    """The first byte chooses the reader, the others are the file."""
    format = _FORMATS[data[0] % len(_FORMATS)] if data else _FORMATS[0]
    try:
        source = decode(data[1:], f"a.{format}")
    except SourceError as error:
        require(bool(error.message and error.zh), error)
        return
    document = read(source, format)
    check_document(document)
    with as_long():
        long = read(Source.from_text(source.text, source.path), format)
        require(contents(long) == contents(document), "it is read otherwise as a long document")


def _seeds() -> list[bytes]:
    seeds = [bytes([number]) + "\n".join(JUNK).encode("utf-8", "replace") for number in range(len(_FORMATS))]
    for number, layout in enumerate(LAYOUTS):
        rendered = render(make_report("2021", seed=number, size="small"), layout, Options(seed=number, style=number))
        format = FORMATS[rendered.suffix]
        seeds.append(bytes([_FORMATS.index(format)]) + rendered.data)
    return seeds


if __name__ == "__main__":
    harness.start(target, _seeds())
