"""What need not end or begin: pipes, devices, standard input that is closed."""

from __future__ import annotations

import errno
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gklint import reading
from gklint.reading import CLOSED, DEVICE, NO_WRITER, read_file, read_stdin

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has no pipes with names")


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    os.mkfifo(path)
    return path


def writing(pipe: Path, write: Callable[[int], object]) -> threading.Thread:
    """Something that opens the pipe, writes to it and closes it."""

    def run() -> None:
        file = os.open(pipe, os.O_WRONLY)
        try:
            write(file)
        finally:
            os.close(file)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def test_a_file_is_read_up_to_so_many_bytes(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"x" * 5000)
    assert len(read_file(file)) == 5000
    assert read_file(file, 7) == b"x" * 7
    assert read_file(file, 0) == b""
    assert len(read_file(file, 9000)) == 5000


def test_more_than_is_read_at_once_comes_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_AT_ONCE", 4)
    file = tmp_path / "a.md"
    file.write_bytes(b"0123456789")
    assert read_file(file, 9) == b"012345678"
    assert read_file(file, 99) == b"0123456789"


def test_a_pipe_that_nothing_writes_to_is_given_up(pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_PATIENCE", 0.1)
    began = time.monotonic()
    with pytest.raises(OSError, match=f"^\\[Errno {errno.EPIPE}\\] {NO_WRITER}$"):
        read_file(pipe)
    assert time.monotonic() - began >= 0.1


def test_what_comes_through_a_pipe_is_read_to_its_end(pipe: Path) -> None:
    """In pieces, the first of them late."""

    def write(file: int) -> None:
        for _ in range(3):
            time.sleep(0.05)
            os.write(file, "柳村".encode())

    thread = writing(pipe, write)
    assert read_file(pipe).decode() == "柳村柳村柳村"
    thread.join(10)
    assert not thread.is_alive()


def test_of_a_pipe_so_many_bytes_are_read(pipe: Path) -> None:
    thread = writing(pipe, lambda file: os.write(file, b"0123456789"))
    assert read_file(pipe, 7) == b"0123456"
    thread.join(10)


def test_a_pipe_whose_writer_comes_late_is_waited_for(pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_PATIENCE", 30.0)
    late = threading.Timer(0.1, lambda: writing(pipe, lambda file: os.write(file, b"x")))
    late.start()
    assert read_file(pipe) == b"x"
    late.join(10)


def test_a_pipe_that_is_open_for_writing_is_waited_for_however_long(
    pipe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_PATIENCE", 0.05)
    keeper = os.open(pipe, os.O_RDWR)  # so that the writer has not to wait for us

    def write(file: int) -> None:
        time.sleep(0.5)
        os.write(file, b"late")
        os.close(keeper)

    thread = writing(pipe, write)
    assert read_file(pipe) == b"late"
    thread.join(10)


def test_a_device_is_read_only_where_that_is_allowed() -> None:
    assert read_file(os.devnull) == b""
    assert read_file("/dev/zero", 5) == bytes(5)
    with pytest.raises(OSError, match=f"^\\[Errno {errno.ENODEV}\\] {DEVICE}$"):
        read_file("/dev/zero", devices=False)


def test_standard_input_may_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(OSError, match=f"^\\[Errno {errno.EBADF}\\] {CLOSED}$"):
        read_stdin()


def test_what_can_be_no_path_is_an_error_of_value() -> None:
    with pytest.raises(ValueError, match="null"):
        read_file("a\0b.md")
