"""The standard streams of the command: in UTF-8, there although they were closed, and clear about what goes wrong."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import BufferedWriter, RawIOBase, TextIOWrapper
from typing import TextIO

from gklint.errors import WriteError

NAME = "standard output"


class _Output(TextIOWrapper):
    """A stream on which that something cannot be written is an error of its own kind.

    That its reader has gone away stays what it was.
    """

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise unwritten(error) from error

    def flush(self) -> None:
        try:
            super().flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise unwritten(error) from error


class _Errors(TextIOWrapper):
    """A stream for what is said beside the output: nobody can be told that it is full, and no run fails by it."""

    def write(self, text: str) -> int:
        with suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            super().flush()


def unwritten(error: OSError) -> WriteError:
    """What is said when standard output cannot be written."""
    return WriteError(f"cannot be written: {error.strerror or error}", NAME)


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output, after what was written before.  Raises `WriteError`."""
    sys.stdout.flush()
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritten(error) from error


def take_streams() -> None:
    """Make the streams of this process such as above."""
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        _fill_gaps()
    sys.stdout = _taken(sys.stdout, _Output, 1)
    sys.stderr = _taken(sys.stderr, _Errors, 2)


def _taken(stream: TextIO | None, kind: type[TextIOWrapper], number: int) -> TextIOWrapper:
    if not isinstance(stream, TextIOWrapper):
        return kind(os.fdopen(number, "wb"), encoding="utf-8", errors="backslashreplace")
    line_buffering = stream.line_buffering or stream.write_through
    buffer = stream.detach()
    if isinstance(buffer, RawIOBase):
        # So it is where Python is told not to buffer; then what is written in part only, on a disk that is nearly full,
        # would be lost without a word.
        buffer = BufferedWriter(buffer)
    return kind(buffer, encoding="utf-8", errors="backslashreplace", line_buffering=line_buffering)


def _fill_gaps() -> None:
    """Open nothing under the numbers of streams that are closed, or the next file would be taken for one of them."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(number, True)
    os.close(number)
