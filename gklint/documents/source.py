"""The source of a document: bytes decoded to text, with its lines.

A file is UTF-8, or says by a byte order mark that it is UTF-16 or UTF-32, or else is GB18030 (which covers GBK and
GB2312).  Nothing is guessed beyond that: a file that is none of these is refused, with the place of the first bad byte.
"""

from __future__ import annotations

import os
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import overload

from gklint.errors import SourceError
from gklint.reading import CLOSED, DEVICE, NO_WRITER, read_file, read_stdin
from gklint.regex import lazy

# Longest first: the UTF-32 LE mark begins with the UTF-16 LE mark.
_BOMS: tuple[tuple[bytes, str, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le", "UTF-32 LE"),
    (b"\x00\x00\xfe\xff", "utf-32-be", "UTF-32 BE"),
    (b"\xff\xfe", "utf-16-le", "UTF-16 LE"),
    (b"\xfe\xff", "utf-16-be", "UTF-16 BE"),
)

# What HTML pages write for the encodings that such pages really have.  A declared Latin code page is ignored: it can
# decode anything, and on these pages it is nearly always the template's mistake.
_DECLARED = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cp950": "big5hkscs",
}
_DECLARATION = lazy(
    rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w:.-]+)|<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w:.-]+)""", re.IGNORECASE
)
_DECLARATION_REACH = 2048
_NAMES = {"utf-8": "UTF-8", "gb18030": "GB18030", "big5hkscs": "Big5"}

# The C0 controls that no text needs; tab, LF, VT, FF and CR are left out.  Word leaves a few of the others behind.
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])
_CONTROL_CHARACTER = lazy("[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_SHARE = 50  # one character in fifty

_SAMPLE = 2048
_NARROW = lazy("[\x00-\u07ff\ufffd]+")

# What an operating system says when it is asked in English, for the Chinese message.
_REASONS_ZH = {
    "No such file or directory": "文件不存在",
    "Permission denied": "没有读取权限",
    DEVICE: "是设备，不是文件",
    NO_WRITER: "是没有写入方的管道",
    CLOSED: "标准输入已关闭",
}

LONG = 1_000_000
"""A text of more characters is cut into lines each time that somebody asks for some."""
_LONG_LINE = 1000
_LINE_END = lazy("\r\n|\n|\r")
_ADVICE = "save the file as UTF-8 and run gklint again"
_ADVICE_ZH = "请另存为 UTF-8 后重新运行"


class Source:
    """A decoded file.

    ``path`` is as given by the user, with ``/``; ``-`` for standard input.  ``text`` is without a byte order mark, its
    line ends as in the file.  ``encoding`` is Python's name of the codec: ``utf-8``, ``utf-16-le``, ``gb18030`` …
    ``lines`` are the lines of ``text`` without their ends; only LF, CRLF and a lone CR end a line, as in editors.
    There is always one line more than there are line ends.  ``starts[i]`` is the offset in ``text`` of line ``i + 1``.
    Of a long text both are other sequences than lists, which take up less memory.
    """

    __slots__ = ("bom", "encoding", "lines", "path", "starts", "text")

    lines: Sequence[str]
    starts: Sequence[int]

    def __init__(self, path: str, text: str, encoding: str = "utf-8", bom: bytes = b"") -> None:
        self.path = path
        self.text = text
        self.encoding = encoding
        self.bom = bom

    def __getattr__(self, name: str) -> object:
        # Only what is not there yet is looked for here.
        if name == "lines":
            self.lines = _lines(self.text) if len(self.text) <= LONG else LongLines(self.text, self.starts)
            return self.lines
        if name == "starts":
            self.starts = _starts(self.text, self.lines) if len(self.text) <= LONG else _long_starts(self.text)
            return self.starts
        raise AttributeError(name)

    def __reduce__(self) -> tuple[type[Source], tuple[str, str, str, bytes]]:
        return Source, (self.path, self.text, self.encoding, self.bom)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source) and self.__reduce__() == other.__reduce__()

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def from_text(cls, text: str, path: str, encoding: str = "utf-8", bom: bytes = b"") -> Source:
        """A source of text that is decoded already."""
        return cls(path, text, encoding, bom)

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column (1-based) of an offset in ``text``; one inside a line end is the end of its line."""
        index = max(bisect_right(self.starts, offset) - 1, 0)
        return index + 1, max(min(offset - self.starts[index], len(self.lines[index])), 0) + 1

    def offset(self, line: int, column: int) -> int:
        """The offset in ``text`` of a line and column (1-based); a column past the line's end is the line's end.

        Raises `IndexError` for a line that the source has not.
        """
        if not 1 <= line <= len(self.lines):
            raise IndexError(f"line {line} of a source of {len(self.lines)} lines")
        return self.starts[line - 1] + max(min(column - 1, len(self.lines[line - 1])), 0)

    def line_end(self, line: int) -> str:
        """What ends a line (1-based), or for the last line what ends the one before it; LF in a text of one line."""
        if line >= len(self.lines):
            line = len(self.lines) - 1
        if line < 1:
            return "\n"
        return self.text[self.starts[line - 1] + len(self.lines[line - 1]) : self.starts[line]]


def read_source(path: str | os.PathLike[str]) -> Source:
    """Read and decode a file.

    Raises `SourceError` if it cannot be read (with the system's reason) or decoded.
    """
    data, shown = read_bytes(path)
    return decode(data, shown)


def read_bytes(path: str | os.PathLike[str]) -> tuple[bytes, str]:
    """The bytes of a file and its path as messages show it.

    Raises `SourceError` if it cannot be read (with the system's reason).
    """
    name = os.fspath(path)
    shown = name.replace(os.sep, "/") if os.sep != "/" else name
    try:
        return read_file(name, devices=False), shown
    except IsADirectoryError as error:
        raise SourceError(
            "cannot be read: it is a folder, not a file", shown, zh="无法读取：是文件夹，不是文件"
        ) from error
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise SourceError(
            f"cannot be read: {reason}", shown, zh=f"无法读取：{_REASONS_ZH.get(reason, reason)}"
        ) from error


def read_stdin_bytes(name: str) -> bytes:
    """All of standard input, called ``name``.  Raises `SourceError`."""
    try:
        return read_stdin()
    except OSError as error:
        reason = error.strerror or str(error)
        zh = _REASONS_ZH.get(reason, reason)
        raise SourceError(f"cannot be read: {reason}", name, zh=f"无法读取：{zh}") from error


def decode(data: bytes, path: str) -> Source:
    """Decode the bytes of a file.

    ``path`` is for messages, and its suffix says whether a page's own declaration of its encoding is looked for.
    Raises `SourceError` if the bytes are no text in an encoding that gklint reads.
    """
    for bom, encoding, name in _BOMS:
        if data.startswith(bom):
            try:
                text = data[len(bom) :].decode(encoding)
            except UnicodeDecodeError as error:
                where = len(bom) + error.start
                line = len(_LINE_END.findall(data[len(bom) : where].decode(encoding, "ignore"))) + 1
                raise SourceError(
                    f"cannot be decoded: its byte order mark says {name}, "
                    f"but byte {_byte(data, where)} at offset {where} (line {line}) is not {name}; {_ADVICE}",
                    path,
                    line,
                    zh=f"无法解码：字节顺序标记表明是 {name}，但偏移 {where}（第 {line} 行）"
                    f"的字节 {_byte(data, where)} 不符合 {name}；{_ADVICE_ZH}",
                ) from None
            _refuse_binary_text(text, path)
            return Source.from_text(text, path, encoding, bom)

    try:
        text = data.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError as error:
        if 0 in data:
            # What is no text in any encoding should not be called a wrong one.
            _refuse_binary(data, 1, 1, path)
        text, encoding = _decode_legacy(data, path, error)
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls:
        _refuse_binary(data, controls, len(text), path)
    return Source.from_text(text, path, encoding)


def encode(source: Source, text: str) -> bytes:
    """The bytes of ``text`` in the source's encoding, with its byte order mark.

    Raises `SourceError` for a character that the encoding lacks.
    """
    try:
        return source.bom + text.encode(source.encoding)
    except UnicodeEncodeError as error:
        raise SourceError(
            f"cannot be written: {source.encoding} has no character U+{ord(text[error.start]):04X}; {_ADVICE}",
            source.path,
            zh=f"无法写入：{source.encoding} 中没有字符 U+{ord(text[error.start]):04X}；{_ADVICE_ZH}",
        ) from None


def _decode_legacy(data: bytes, path: str, utf8_error: UnicodeDecodeError) -> tuple[str, str]:
    """Decode what is not UTF-8; the text and the codec's name."""
    failures = [("utf-8", utf8_error.start)]
    if not _is_damaged_utf8(data, utf8_error.start):
        for encoding in _candidates(data, path):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                failures.append((encoding, error.start))
    tried = " nor ".join(
        f"{_NAMES[encoding]} (byte {_byte(data, where)} at offset {where}, line {_line_of(data, where)})"
        for encoding, where in failures
    )
    tried_zh = "，也不是".join(
        f"{_NAMES[encoding]}（偏移 {where} 处的字节 {_byte(data, where)}，第 {_line_of(data, where)} 行）"
        for encoding, where in failures
    )
    # The encoding that came furthest is most likely the one that was meant.
    where = max(where for _, where in failures)
    raise SourceError(
        f"cannot be decoded: it is not valid {tried}; {_ADVICE}",
        path,
        _line_of(data, where),
        zh=f"无法解码：不是有效的 {tried_zh}；{_ADVICE_ZH}",
    ) from None


def _candidates(data: bytes, path: str) -> list[str]:
    """The encodings to try on bytes that are not UTF-8, in order."""
    candidates = ["gb18030"]
    head = data[:_DECLARATION_REACH]
    if path.lower().endswith((".html", ".htm", ".xhtml")) or head.lstrip()[:1] == b"<":
        match = _DECLARATION.search(head)
        if match:
            declared = _DECLARED.get((match[1] or match[2]).decode("ascii", "replace").lower())
            if declared and declared not in candidates:
                candidates.insert(0, declared)
    return candidates


def _is_damaged_utf8(data: bytes, where: int) -> bool:
    """Whether the bytes around ``where``, the first that is not UTF-8, are UTF-8 but for a few.

    Such a file can pass for GB18030 and would come out as nonsense.
    """
    start = max(where - _SAMPLE, 0)
    text = data[start : where + _SAMPLE].decode("utf-8", "replace")
    # Two-byte sequences prove nothing: many pairs of GBK characters are some.
    wide = len(_NARROW.sub("", text))
    return text.count("\ufffd") * 10 < wide


def _refuse_binary(data: bytes, controls: int, length: int, path: str) -> None:
    where = data.find(0)
    if where >= 0:
        raise SourceError(
            f"is no text: NUL byte at offset {where} (line {_line_of(data, where)}); a binary file, or UTF-16 without "
            f"a byte order mark: {_ADVICE}",
            path,
            _line_of(data, where),
            zh=f"不是文本：偏移 {where}（第 {_line_of(data, where)} 行）有空字节；"
            f"可能是二进制文件，或没有字节顺序标记的 UTF-16：{_ADVICE_ZH}",
        )
    if controls * _CONTROL_SHARE > length:
        where = min(position for position in (data.find(code) for code in _CONTROLS) if position >= 0)
        line = _line_of(data, where)
        raise _many_controls(controls, length, _byte(data, where), where, line, path)


def _refuse_binary_text(text: str, path: str) -> None:
    """The same for encodings whose bytes are not the characters'."""
    first = _CONTROL_CHARACTER.search(text)
    if not first:
        return
    where = text.find("\x00")
    if where >= 0:
        line = len(_LINE_END.findall(text, 0, where)) + 1
        raise SourceError(
            f"is no text: NUL character at offset {where} (line {line}); {_ADVICE}",
            path,
            line,
            zh=f"不是文本：偏移 {where}（第 {line} 行）有空字符；{_ADVICE_ZH}",
        )
    controls = sum(1 for _ in _CONTROL_CHARACTER.finditer(text))
    if controls * _CONTROL_SHARE > len(text):
        line = len(_LINE_END.findall(text, 0, first.start())) + 1
        raise _many_controls(controls, len(text), f"0x{ord(first[0]):02X}", first.start(), line, path)


def _many_controls(controls: int, length: int, first: str, where: int, line: int, path: str) -> SourceError:
    return SourceError(
        f"is no text: {controls} of its {length} characters are control characters, the first {first} "
        f"at offset {where} (line {line}); give gklint the text itself",
        path,
        line,
        zh=f"不是文本：{length} 个字符中有 {controls} 个控制字符，第一个是偏移 {where}（第 {line} 行）的 {first}；"
        "请提供文本本身",
    )


def _byte(data: bytes, where: int) -> str:
    return f"0x{data[where]:02X}" if where < len(data) else "missing"


def _line_of(data: bytes, where: int) -> int:
    return data.count(b"\n", 0, where) + data.count(b"\r", 0, where) - data.count(b"\r\n", 0, where) + 1


def _lines(text: str) -> list[str]:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def _starts(text: str, lines: Sequence[str]) -> list[int]:
    """The offset of each line."""
    end_length = 1
    if "\r" in text:
        if text.count("\r\n") != len(lines) - 1:
            return [0, *_line_ends(text)]
        end_length = 2
    # All in C: this runs over every line of a file.
    starts = [0, *accumulate(map(end_length.__add__, map(len, lines)))]
    starts.pop()
    return starts


def _long_starts(text: str) -> array[int]:
    """The same of a long text."""
    starts = array("q", [0])
    starts.extend(_line_ends(text))
    return starts


def _line_ends(text: str) -> Iterator[int]:
    """Where lines end, behind what ends them."""
    return (match.end() for match in _LINE_END.finditer(text))


class LongLines(Sequence[str]):
    """The lines of a long text that begin at ``starts``, cut out of it when somebody asks for them."""

    __slots__ = ("_kept", "_starts", "_text")

    def __init__(self, text: str, starts: Sequence[int]) -> None:
        self._text = text
        self._starts = starts
        # One that is long itself would take as much time again each time.
        self._kept: dict[int, str] = {}

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return list(map(self._line, range(*index.indices(len(self._starts)))))
        return self._line(range(len(self._starts))[index])

    def _line(self, index: int) -> str:
        start = self._starts[index]
        if index + 1 == len(self._starts):
            end = len(self._text)
        else:
            end = self._starts[index + 1] - 1
            if self._text[end] == "\n" and end > start and self._text[end - 1] == "\r":
                end -= 1
        if end - start <= _LONG_LINE:
            return self._text[start:end]
        line = self._kept.get(index)
        if line is None:
            line = self._kept[index] = self._text[start:end]
        return line

    def __iter__(self) -> Iterator[str]:
        return map(self._line, range(len(self._starts)))

    def __len__(self) -> int:
        return len(self._starts)
