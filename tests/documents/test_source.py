"""Decoding: encodings, byte order marks, lines and places."""

from __future__ import annotations

import re
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gklint.documents import format_of, read
from gklint.documents import source as source_module
from gklint.documents.source import LongLines, Source, decode, encode, read_source
from gklint.errors import SourceError, UsageError

CHINESE = "一、总体情况\n新收申请 12 件，“办结”10件。\n"
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\r\n\t\v\f\u2028"))


@pytest.mark.parametrize(
    ("data", "encoding", "bom"),
    [
        (CHINESE.encode(), "utf-8", b""),
        (b"\xef\xbb\xbf" + CHINESE.encode(), "utf-8", b"\xef\xbb\xbf"),
        (b"\xff\xfe" + CHINESE.encode("utf-16-le"), "utf-16-le", b"\xff\xfe"),
        (b"\xfe\xff" + CHINESE.encode("utf-16-be"), "utf-16-be", b"\xfe\xff"),
        (b"\xff\xfe\x00\x00" + CHINESE.encode("utf-32-le"), "utf-32-le", b"\xff\xfe\x00\x00"),
        (b"\x00\x00\xfe\xff" + CHINESE.encode("utf-32-be"), "utf-32-be", b"\x00\x00\xfe\xff"),
        (CHINESE.encode("gbk"), "gb18030", b""),
        (CHINESE.encode("gb18030"), "gb18030", b""),
    ],
)
def test_decodes_and_encodes_again(data: bytes, encoding: str, bom: bytes) -> None:
    source = decode(data, "a.md")
    assert (source.text, source.encoding, source.bom) == (CHINESE, encoding, bom)
    assert encode(source, source.text) == data


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@given(text=TEXTS)
def test_round_trip(encoding: str, text: str) -> None:
    bom = "\ufeff".encode(encoding)
    source = decode(bom + text.encode(encoding), "a.md")
    assert source.text == text
    assert encode(source, text) == bom + text.encode(encoding)


@given(text=st.text("一二三四五六七八九十政府信息公开0123456789，。\r\n\t ", min_size=1))
def test_round_trip_gb18030(text: str) -> None:
    data = ("“统计”" + text).encode("gb18030")
    assert encode(decode(data, "a.txt"), "“统计”" + text) == data


def test_page_that_declares_its_encoding() -> None:
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=big5"></head>總體情況：申請</html>'
    assert decode(page.encode("big5"), "a.html").text == page
    page = page.replace("big5", "GB2312")
    source = decode(page.encode("gb18030"), "a.html")
    assert (source.text, source.encoding) == (page, "gb18030")
    # A page saved again as UTF-8 often keeps its old declaration.
    assert decode(page.encode(), "a.html").encoding == "utf-8"


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"ok\nab\xff\xff\n", 2, ("UTF-8", "GB18030", "0xFF", "offset 5", "line 2", "save the file as UTF-8")),
        (b"ok\r\nok\rab\x00c", 3, ("NUL", "offset 9", "line 3")),
        ("总体".encode("utf-16-le") + b"\n\x00", None, ("UTF-16", "UTF-8")),
        (b"\xff\xfe" + "a\nb".encode("utf-16-le") + b"\x00\xd8", 2, ("UTF-16 LE", "offset 8")),
        (b"\xff\xfe" + "ab\n\0".encode("utf-16-le"), 2, ("NUL",)),
        (b"\x01\x02\x03PK\x07\x08" * 9, 1, ("control characters", "0x01", "offset 0")),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 3, ("NUL", "binary file")),
        (b"\xef\xbb\xbfok\n\xff", 2, ("UTF-8", "offset 6")),
    ],
)
def test_refuses_what_is_no_text(data: bytes, line: int | None, words: tuple[str, ...]) -> None:
    with pytest.raises(SourceError) as caught:
        decode(data, "dir/a.md")
    assert caught.value.path == "dir/a.md"
    assert line is None or caught.value.line == line
    for word in words:
        assert word in caught.value.message
    assert "\n" not in caught.value.message


def test_damaged_utf8_is_not_taken_for_gb18030() -> None:
    # Every line of these has an even number of bytes beyond ASCII, so all pairs pass for GBK characters.
    data = ("政府信息公开工作年度报告\n" * 20).encode() + "情况".encode()[:-1] + b"\xe6\n" + ("申请\n" * 20).encode()
    data.decode("gb18030")
    with pytest.raises(SourceError) as caught:
        decode(data, "a.txt")
    assert caught.value.line == 21


def test_a_stray_control_character_is_let_through() -> None:
    assert decode(("文字" * 100 + "\x07").encode(), "a.txt").text.endswith("\x07")


def test_encode_refuses_what_the_encoding_lacks() -> None:
    source = decode("<meta charset=big5>總體情況申請".encode("big5"), "a.html")
    assert source.encoding == "big5hkscs"
    with pytest.raises(SourceError, match=r"U\+1F600"):
        encode(source, "😀")


@given(text=TEXTS)
def test_lines_end_as_in_editors(text: str) -> None:
    source = Source.from_text(text, "a.md")
    assert source.lines == re.split("\r\n|\n|\r", text)
    assert len(source.starts) == len(source.lines)
    for line, start in zip(source.lines, source.starts, strict=True):
        assert text[start : start + len(line)] == line
        assert start == 0 or text[start - 1] in "\r\n"


@given(text=TEXTS.filter(bool), data=st.data())
def test_place_and_offset_are_inverse(text: str, data: st.DataObject) -> None:
    source = Source.from_text(text, "a.md")
    offset = data.draw(st.integers(0, len(text)))
    line, column = source.place(offset)
    assert 1 <= column <= len(source.lines[line - 1]) + 1
    if text[offset - 1 : offset + 1] != "\r\n" or not offset:
        assert source.offset(line, column) == offset


LINES = st.lists(st.sampled_from(["", "甲", "ab", "\t", "长" * 1200, "\n", "\r", "\r\n"]), max_size=12).map("".join)


@given(LINES, st.integers(-13, 13), st.slices(13))
def test_a_long_text_has_the_same_lines(text: str, index: int, part: slice) -> None:
    short = Source.from_text(text, "x.md")
    with patch.object(source_module, "LONG", -1):
        long = Source.from_text(text, "x.md")
        assert isinstance(long.lines, LongLines)
    assert [*long.lines] == [*short.lines]
    assert [*long.starts] == [*short.starts]
    assert len(long.lines) == len(short.lines)
    assert long.lines[part] == short.lines[part]
    if -len(short.lines) <= index < len(short.lines):
        assert long.lines[index] == short.lines[index]
        assert long.line_end(index + 1) == short.line_end(index + 1)
    else:
        with pytest.raises(IndexError):
            long.lines[index]


def test_a_line_that_is_long_is_cut_out_once() -> None:
    with patch.object(source_module, "LONG", -1):
        lines = Source.from_text("甲" * 5000 + "\n乙", "x.md").lines
    assert lines[0] is lines[0]


def test_offset_stays_on_its_line() -> None:
    source = Source.from_text("ab\ncd", "a.md")
    assert source.offset(1, 99) == 2
    with pytest.raises(IndexError):
        source.offset(3, 1)


def test_read_source(tmp_path: Path) -> None:
    path = tmp_path / "报告.md"
    path.write_bytes(CHINESE.encode("gb18030"))
    assert read_source(path).text == CHINESE
    for bad, reason in ((tmp_path, "folder"), (tmp_path / "none.md", "No such file"), ("a\0b", "null")):
        with pytest.raises(SourceError, match=reason):
            read_source(bad)
    device = Path("/dev/zero")
    if device.exists():
        with pytest.raises(SourceError, match="device"):
            read_source(device)


def test_formats() -> None:
    assert [format_of(path) for path in ("a.MD", "x.y/b.htm", "c.text", "d", "e.md/f", ".md")] == [
        "markdown", "html", "text", None, None, "markdown",
    ]  # fmt: skip
    assert read(Source.from_text("# 一", "a.md")).format == "markdown"
    assert read(Source.from_text("# 一", "a.unknown")).format == "text"
    assert read(Source.from_text("\n<!DOCTYPE HTML>\n<p>一", "a.txt")).format == "html"
    assert read(Source.from_text("<html>", "-"), "text").format == "text"
    with pytest.raises(UsageError, match="markdown, html, text"):
        read(Source.from_text("", "a"), "pdf")
