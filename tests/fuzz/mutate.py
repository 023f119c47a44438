"""Damage to a text: what editors, converters and tired people do to a report, and what nobody ever would."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

JUNK = (
    "",
    "\x00",
    "\x0c",
    "\x1b[31m",
    "\u200b",
    "\u202e",
    "\u2028",
    "\ufeff",
    "\ud800",
    "\U0001f600",
    "é",
    "\t",
    " ",
    "　",
    "|",
    "\\|",
    "||",
    "| --- |",
    "---",
    "===",
    "```",
    "~~~",
    "$$",
    "> ",
    "# ",
    "####### ",
    "- ",
    "1. ",
    "    ",
    "<",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    '<td rowspan="9999999999" colspan="-1">',
    "</td>",
    "<th colspan=3>",
    "<br>",
    "<p>",
    "<script>",
    "<!--",
    "-->",
    "<![CDATA[",
    "&nbsp;",
    "&#0;",
    "&#x110000;",
    "&",
    "**",
    "`",
    "[](",
    "<!-- gklint: ignore -->",
    "<!-- gklint: ignore GK401 -->",
    "<!-- gklint: ignore-start GK301, GK999 — reason -->",
    "<!-- gklint: ignore-end GK301 -->",
    "<!-- gklint: ignore-file -->",
    "一、",
    "（七）",
    "第二十条",
    "三、本年度办理结果",
    "总计",
    "2021年",
    "99999999999999999999999999999999999999999999",
    "-1",
    "１２",
    "1,234",
    "1.5",
    "1e999",
    "0x10",
    "一百",
    "²",
    "٣",
    "无",
    "/",
    "—",
)

Mutation = Callable[[list[str], Random], None]


def _line(lines: list[str], rng: Random) -> int:
    return rng.randrange(len(lines))


def _delete(lines: list[str], rng: Random) -> None:
    del lines[_line(lines, rng)]


def _delete_many(lines: list[str], rng: Random) -> None:
    at = _line(lines, rng)
    del lines[at : at + rng.randrange(1, 40)]


def _duplicate(lines: list[str], rng: Random) -> None:
    at = _line(lines, rng)
    lines.insert(rng.choice((at, _line(lines, rng))), lines[at])


def _duplicate_many(lines: list[str], rng: Random) -> None:
    at = _line(lines, rng)
    lines[at:at] = lines[at : at + rng.randrange(1, 60)]


def _swap(lines: list[str], rng: Random) -> None:
    one, other = _line(lines, rng), _line(lines, rng)
    lines[one], lines[other] = lines[other], lines[one]


def _move(lines: list[str], rng: Random) -> None:
    at = _line(lines, rng)
    block = lines[at : at + rng.randrange(1, 30)]
    del lines[at : at + len(block)]
    at = rng.randrange(len(lines) + 1)
    lines[at:at] = block


def _join(lines: list[str], rng: Random) -> None:
    at = _line(lines, rng)
    lines[at : at + 2] = ["".join(lines[at : at + 2])]


def _break(lines: list[str], rng: Random) -> None:
    at = _line(lines, rng)
    cut = rng.randrange(len(lines[at]) + 1)
    lines[at : at + 1] = [lines[at][:cut], lines[at][cut:]]


def _insert_line(lines: list[str], rng: Random) -> None:
    lines.insert(_line(lines, rng), rng.choice(JUNK))


def _insert_junk(lines: list[str], rng: Random) -> None:
    at = _line(lines, rng)
    cut = rng.randrange(len(lines[at]) + 1)
    lines[at] = lines[at][:cut] + rng.choice(JUNK) + lines[at][cut:]


def _change_character(lines: list[str], rng: Random) -> None:
    at = _line(lines, rng)
    if lines[at]:
        cut = rng.randrange(len(lines[at]))
        other = rng.choice(("", *"0159-+.,， |<>&()（）一年", chr(rng.randrange(0xD800))))
        lines[at] = lines[at][:cut] + other + lines[at][cut + 1 :]


def _cells(lines: list[str], rng: Random) -> None:
    """A cell of a row of pipes or tabs lost, doubled, exchanged or filled with something else."""
    rows = [index for index, line in enumerate(lines) if "|" in line or "\t" in line]
    if not rows:
        return
    at = rng.choice(rows)
    mark = "|" if "|" in lines[at] else "\t"
    cells = lines[at].split(mark)
    one, other = rng.randrange(len(cells)), rng.randrange(len(cells))
    how = rng.randrange(4)
    if how == 0:
        del cells[one]
    elif how == 1:
        cells.insert(one, cells[other])
    elif how == 2:
        cells[one], cells[other] = cells[other], cells[one]
    else:
        cells[one] = rng.choice(JUNK)
    lines[at] = mark.join(cells)


def _number(lines: list[str], rng: Random) -> None:
    rows = [index for index, line in enumerate(lines) if any(char.isdigit() for char in line)]
    if rows:
        at = rng.choice(rows)
        digits = [index for index, char in enumerate(lines[at]) if char.isdigit()]
        cut = rng.choice(digits)
        lines[at] = lines[at][:cut] + rng.choice(("7", "", "00", "-3", "4.5", "九", "?")) + lines[at][cut + 1 :]


def _truncate(lines: list[str], rng: Random) -> None:
    del lines[rng.randrange(len(lines)) + 1 :]


MUTATIONS: tuple[Mutation, ...] = (
    _delete,
    _delete_many,
    _duplicate,
    _duplicate_many,
    _swap,
    _move,
    _join,
    _break,
    _insert_line,
    _insert_junk,
    _change_character,
    _cells,
    _cells,
    _number,
    _truncate,
)


def mutate(text: str, rng: Random, count: int) -> str:
    """The text after ``count`` pieces of damage; line ends are LF where lines were touched."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for _ in range(count):
        if not lines:
            lines = [""]
        rng.choice(MUTATIONS)(lines, rng)
    return "\n".join(lines)
