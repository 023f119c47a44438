"""Texts that were written to break readers: deep, wide, long, and nothing closed.

Each comes with the codes of the findings that it should give.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.cli.command import CLEAN

MANY = 100_000
HEAD = CLEAN[: CLEAN.index("| 作物")]
TABLE = (
    "<table><tr><th>作物</th><th>春季</th><th>秋季</th><th>合计</th></tr>"
    "<tr><td>小麦</td><td>12</td><td>30</td><td>42</td></tr>"
    "<tr><td>水稻</td><td>5</td><td>8</td><td>13</td></tr>"
    "<tr><td>总收成</td><td>17</td><td>38</td><td>55</td></tr></table>"
)
PLAIN = "柳村2024年收成报告\n\n一、概况\n\n风调雨顺。\n\n二、收成数字\n\n"
FLAT = "作物\t春季\t秋季\t合计\n小麦\t12\t30\t42\n水稻\t5\t8\t13\n总收成\t17\t38\t55\n"
NONE: frozenset[str] = frozenset()

Case = tuple[Callable[[], str], frozenset[str]]


def page(body: str) -> str:
    """A web page that holds the report, with ``body`` in the place of the table."""
    return (
        "<!DOCTYPE html><html><body><h1>柳村2024年收成报告</h1><h2>一、概况</h2><p>风调雨顺。</p>"
        f"<h2>二、收成数字</h2>{body}</body></html>"
    )


def _after(text: str) -> str:
    return f"{CLEAN}\n{text}\n"


def _codes(words: str) -> frozenset[str]:
    return frozenset(words.split())


MARKDOWN: dict[str, Case] = {
    "quotes": (lambda: _after(">" * MANY + " x"), NONE),
    "spaced-quotes": (lambda: _after("> " * MANY + "x"), NONE),
    "quotes-line-by-line": (lambda: _after("".join(">" * depth + " a\n" for depth in range(1500))), NONE),
    "lists": (lambda: _after("- " * MANY + "x"), NONE),
    "numbered-lists": (lambda: _after("1. " * MANY + "x"), NONE),
    "lists-line-by-line": (lambda: _after("".join(" " * (2 * depth) + "- a\n" for depth in range(1000))), NONE),
    "brackets": (lambda: _after("[" * MANY), NONE),
    "closed-brackets": (lambda: _after("[" * MANY + "]" * MANY), NONE),
    "links": (lambda: _after("[a](" * MANY), NONE),
    "angled-links": (lambda: _after("[a](<" * MANY), NONE),
    "images": (lambda: _after("![" * MANY + "]()" * MANY), NONE),
    "emphasis": (lambda: _after("*a **b _c " * MANY), NONE),
    "stars": (lambda: _after("*" * MANY + "a" + "*" * MANY), NONE),
    "struck": (lambda: _after("~~a " * MANY), NONE),
    "code-spans": (lambda: _after("`a``" * MANY), NONE),
    "code-spans-of-any-length": (lambda: _after("".join("a" + "`" * size for size in range(1, 1000))), NONE),
    "angles": (lambda: _after("<" * MANY), NONE),
    "open-tags": (lambda: _after("<a " * MANY), NONE),
    "open-attributes": (lambda: _after("<a b='" * MANY), NONE),
    "open-comments": (lambda: _after("a<!--" * MANY), NONE),
    "open-instructions": (lambda: _after("a<?" * MANY), NONE),
    "open-declarations": (lambda: _after("x <!A " * MANY), NONE),
    "open-cdata": (lambda: _after("a<![CDATA[" * MANY), NONE),
    "autolinks": (lambda: _after("<a:" * MANY + "<a@" * MANY), NONE),
    "ampersands": (lambda: _after("&" * MANY + "&#" * MANY), NONE),
    "backslashes": (lambda: _after("\\" * MANY), NONE),
    "references": (lambda: _after("".join(f"[a{number}]: /x\n" for number in range(MANY // 4))), NONE),
    "open-references": (lambda: _after("[\n" * MANY), NONE),
    "rules": (lambda: _after("- - " * MANY + "x"), NONE),
    "setext": (lambda: _after("a\n" * (MANY // 2) + "---"), NONE),
    "hashes": (lambda: _after("# " + "#" * MANY + "\n# a " + "# " * MANY + "x"), NONE),
    "open-fence": (lambda: _after("```\n" + "x\n" * MANY), NONE),
    "open-comment": (lambda: _after("<!-- " + "x\n" * MANY), NONE),
    "open-front-matter": (lambda: "---\n" + "x: 1\n" * MANY, _codes("GK002")),
    "fences-of-front-matter": (lambda: "---\n" * MANY, _codes("GK002")),
    "divs": (lambda: _after("<div>" * MANY), NONE),
    "spans": (lambda: CLEAN + "<span>" * MANY, NONE),
    "tables-in-tables": (lambda: _after("<table><tr><td>" * MANY), NONE),
    "blanks": (lambda: _after("\t" * MANY + "x\n" + " " * MANY + "x\n" + "\n" * MANY + "\r" * MANY), NONE),
    "marks": (lambda: _after("a" + "\u0301" * MANY), NONE),
    "headings": (lambda: _after("## 一、概况\n\n" * (MANY // 10)), _codes("GK106")),
    "breaks": (lambda: CLEAN + "<br>" * MANY, NONE),
}
"""Things inside one another and things never closed, in Markdown."""

HTML: dict[str, Case] = {
    "divs": (lambda: page("<div>" * MANY + TABLE + "</div>" * MANY), NONE),
    "tables": (lambda: page(TABLE + "<table><tr><td>" * MANY + "x"), NONE),
    "closed-tables": (lambda: page(TABLE + "<table><tr><td>" * 20_000 + "x" + "</td></tr></table>" * 20_000), NONE),
    "lists": (lambda: page(TABLE + "<ul><li>" * MANY + "x"), NONE),
    "ends": (lambda: page(TABLE + "</p></table></div>" * MANY), NONE),
    "open-comments": (lambda: page(TABLE + "a<!--" * MANY), NONE),
    "open-comment": (lambda: page(TABLE + "<!-- " + "x\n" * MANY), NONE),
    "open-cdata": (lambda: page(TABLE + "a<![CDATA[" * MANY), NONE),
    "open-attribute": (lambda: page(TABLE + "<p class='" + "x\n" * MANY), NONE),
    "open-tag": (lambda: page(TABLE + "<p class " + "x\n" * MANY), NONE),
    "open-text-area": (lambda: page(TABLE + "<textarea>" + "x\n" * MANY), NONE),
    "open-script": (lambda: page(TABLE + "<script>" + "x<\n" * MANY), NONE),
    "open-title": (lambda: "<title>" + page(TABLE), NONE),
    "entities": (lambda: page(TABLE + "&#" * MANY + "&lt" * MANY + "&#x" + "f" * MANY), NONE),
    "attributes": (lambda: page(TABLE + "<p " + "a=b " * MANY + ">x</p>"), NONE),
    "style": (lambda: page(TABLE + "<p style='" + "display:" * MANY + "'>x</p>"), NONE),
    "rowspan": (lambda: page(TABLE.replace("<td>小麦", "<td rowspan=1000000000>小麦")), _codes("GK207 GK212")),
    "colspan": (lambda: page(TABLE.replace("<td>小麦", "<td colspan=1000000000>小麦")), NONE),
    "every-span": (lambda: page(_spans(TABLE)), NONE),
    "span-of-many-digits": (lambda: page(TABLE.replace("<td>小麦", f"<td colspan={'9' * MANY}>小麦")), NONE),
    "spans-that-add-up": (lambda: page(TABLE + _GRIDS), NONE),
}
"""The same for web pages, and cells that claim to go on for ever."""

_GRIDS = (
    "<table><tr>"
    + "<td colspan=1000 rowspan=1000>a</td>" * 10
    + "</tr>"
    + "<tr><td rowspan=65534 colspan=1000>x</td></tr>" * 20_000
    + "</table>"
)


def _spans(table: str) -> str:
    return table.replace("<td>", "<td rowspan=1000000000 colspan=1000000000>").replace(
        "<th>", "<th colspan=1000000000>"
    )


HTML_IN_MARKDOWN: dict[str, Case] = {
    "rowspan": (lambda: HEAD + TABLE.replace("<td>小麦", "<td rowspan=1000000000>小麦") + "\n", _codes("GK207 GK212")),
    "colspan": (lambda: HEAD + TABLE.replace("<td>小麦", "<td colspan=1000000000>小麦") + "\n", NONE),
    "every-span": (lambda: HEAD + _spans(TABLE) + "\n", NONE),
}

TABLES: dict[str, Case] = {
    "rows.md": (lambda: CLEAN + "| 甲 | 1 | 2 | 3 |\n" * MANY, _codes("GK203")),
    "rows.html": (
        lambda: page(TABLE[:-8] + "<tr><td>甲</td><td>1</td><td>2</td><td>3</td></tr>" * MANY),
        _codes("GK203"),
    ),
    "rows.txt": (lambda: PLAIN + FLAT + "甲\t1\t2\t3\n" * MANY, _codes("GK203")),
    "lines.txt": (lambda: PLAIN + FLAT.replace("\t", "\n") + "甲\n1\n2\n3\n" * (MANY // 10), _codes("GK203")),
    "repeated.md": (lambda: CLEAN + "| 小麦 | 12 | 30 | 42 |\n" * (MANY // 20), _codes("GK204")),
    "columns.md": (lambda: CLEAN + "\n\n" + "|" * MANY + "\n" + "|-" * MANY + "\n" + "|a" * MANY + "\n", NONE),
    "columns.html": (
        lambda: page(TABLE.replace("</tr></table>", "<td>1</td>" * MANY + "</tr></table>")),
        _codes("GK212"),
    ),
    "short-rows.md": (lambda: CLEAN + "\n\n" + "a|" * MANY + "\n" + "-|" * MANY + "\n" + "|\n" * 1000, NONE),
    "tables.md": (
        lambda: CLEAN + "\n| 作物 | 春季 | 秋季 | 合计 |\n|---|---|---|---|\n| 小麦 | 12 | 30 | 42 |\n" * (MANY // 20),
        _codes("GK204"),
    ),
}
"""Tables of very many rows or columns; each name says the format."""

NUMBERS: dict[str, Case] = {
    "digits": (lambda: CLEAN.replace("| 12 |", f"| {'9' * MANY} |"), _codes("GK304")),
    "exponent": (lambda: CLEAN.replace("| 12 |", "| 1e999999999 |"), _codes("GK304")),
    "decimals": (lambda: CLEAN.replace("| 12 |", f"| 0.{'9' * MANY} |"), _codes("GK304")),
    "commas": (lambda: CLEAN.replace("| 12 |", f"| {'1,000' * MANY} |"), _codes("GK304")),
    "characters": (lambda: CLEAN.replace("| 12 |", f"| {'亿万' * MANY} |"), _codes("GK304")),
    "ordinals": (lambda: _after("## " + "十" * MANY + "、x"), NONE),
    "brackets": (lambda: _after("（" * MANY + "一" + "）" * MANY), NONE),
}
"""Numbers that nobody can mean."""

_IGNORE = "<!-- gklint: ignore GK305 -->"
COMMENTS: dict[str, Case] = {
    "each-line.md": (lambda: CLEAN + f"{_IGNORE}\n" * (MANY // 10), _codes("GK004")),
    "one-line.html": (lambda: page(TABLE + _IGNORE * (MANY // 5)), _codes("GK004")),
    "before-tags.html": (lambda: page(TABLE + f"{_IGNORE}<div>" * (MANY // 10)), _codes("GK004")),
    "words.md": (lambda: _after("<!-- gklint: ignore " + "GK305, " * (2 * MANY) + "-->"), _codes("GK004")),
    "unknown-words.md": (
        lambda: _after(f"<!-- gklint: ignore {', '.join(f'x-{number}' for number in range(2000))} -->"),
        _codes("GK005"),
    ),
    "blank-reason.md": (lambda: _after("<!-- gklint: ignore GK305 — x" + " " * (4 * MANY) + "y -->"), _codes("GK004")),
    "long-word.md": (lambda: _after("<!-- gklint: ignore " + "a-" * MANY + "@ -->"), _codes("GK005")),
    "begun.md": (
        lambda: _after(
            "<!-- gklint: ignore-start GK305 -->\n" * (MANY // 10) + "<!-- gklint: ignore-end -->\n" * (MANY // 10)
        ),
        _codes("GK004"),
    ),
    "crossed.md": (
        lambda: _after(
            "<!-- gklint: ignore-start GK301 -->\n"
            * (MANY // 5)
            + "<!-- gklint: ignore-start GK305 --><!-- gklint: ignore-start GK306 --><!-- gklint: ignore-end GK305 -->"
            "<!-- gklint: ignore-end GK306 -->\n" * (MANY // 10)
        ),
        _codes("GK004 GK005"),
    ),
    "ticks.md": (
        lambda: _after(f"{_IGNORE}\n\n" + "".join("a" + "`" * size for size in range(1, 3000))),
        _codes("GK004"),
    ),
    "open.md": (lambda: _after("<!-- gklint: ignore " * MANY), NONE),
    "many-findings.md": (
        lambda: (
            HEAD
            + "<!-- gklint: ignore-start GK204 -->\n\n"
            + "甲 <!-- gklint: ignore GK204 -->\n" * (MANY // 3)
            + "\n"
            + CLEAN[len(HEAD) :]
            + "| 小麦 | 12 | 30 | 42 |\n" * (MANY // 3)
            + "\n<!-- gklint: ignore-end -->\n"
        ),
        _codes("GK004"),
    ),
}
"""Comments to gklint, many or strange."""
