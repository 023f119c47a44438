# ruff: noqa: E501
"""Loading packs: what a right one becomes, and where and how each mistake is told."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gklint.errors import PackError, PathError
from gklint.findings import Message, Severity
from gklint.packs.build import DEFAULT_MESSAGE, PLACEHOLDERS
from gklint.packs.loader import builtin_dir, builtin_packs, load_pack, load_packs, pack_from_bytes
from gklint.packs.model import CellType, Condition, Fact, Label, Node, Pack, SectionSpec, Years
from gklint.packs.schema import pack_schema

PACK = """\
pack: shop-2024
title: {zh: 年报, en: Annual report}
source: 某文
report: shop
applies: {title: '(?P<year>20\\d\\d)年报', years: 2024..}
heading: {text: 年报, accepts: 年度报告}
facts:
  body: ['(.+店)']
  year: (20\\d\\d)年
  size:
    of: body
    cases: {unknown: [大小], small: [小], large: 大}
sections:
  sales: {number: 一, title: 销售, accepts: [销售情况], body: optional, subheadings: false}
  no: 其他
tables:
  takings:
    section: sales
    title: {zh: 收入}
    caption: 表一
    texts: 单位
    shapes: [one-row, grid]
    extra_rows: allowed
    columns:
      cash: 现金
      cards: {label: 刷卡, columns: {visa: {label: 维萨, accepts: [VISA]}, 银联: 银联卡}}
      total: {label: 合计, cells: {type: amount, unit: 万元, units: {元: 0.0001}, decimals: 2, negative: true}}
    rows:
      spring: 春
      rest:
        label: 其余
        cells: {blank: empty}
        rows: {summer: 夏, autumn: {label: 秋, spare: true, optional: true, cells: {type: signed}}}
    cells: {type: count, blank: required}
identities:
  - code: SH101
    name: row-sum
    table: takings
    each: row
    over: [spring, rest]
    holds: total == cash + sum(cards.*) within 0.5
    at: total
    severity: warning
    title: 行合计
    source: 某文
    when: {size: small, year: 2024..2025}
    message: {zh: '{row}差{difference}', en: '{row} is off by {difference}'}
  - {code: SH102, name: some-cell, table: takings, holds: 'spring[cash] >= 0'}
relax:
  - {when: {year: ..2024}, codes: GK1, severity: info}
severity: {SH102: error}
examples:
  - name: right
    document: |
      # 2024年报

      春 1
    findings: []
  - name: wrong
    of: right
    format: text
    change:
      - {line: 3, replace: 1, with: 2}
      - {line: 1, insert: ['新', '']}
      - {line: 2, delete: 1}
      - {line: 4, insert: 尾}
    findings:
      - {line: 3, column: 1, code: SH101, message: 春差1, severity: error}
      - {line: 1, code: GK101}
"""
LINES = PACK.splitlines()
KEYS = st.sampled_from(
    ["zh", "label", "rows", "columns", "code", "name", "line", "of", "patterns", "when", "year", "x", "1"]
)


def load(text: str) -> Pack:
    return pack_from_bytes(text.encode(), "p.yaml")


def problems(text: str) -> list[str]:
    with pytest.raises(PackError) as caught:
        load(text)
    assert str(caught.value) == str(caught.value.problems[0])
    return [str(problem) for problem in caught.value.problems]


def assert_problems(marked: str, wanted: list[str]) -> None:
    """Check that the text without its marks ``¦`` has a problem at each of them, with the message beginning as wanted."""
    places: list[str] = []
    for number, line in enumerate(marked.splitlines(), 1):
        pieces = line.split("¦")[:-1]
        places.extend(f"p.yaml:{number}:{len(''.join(pieces[: index + 1])) + 1}: " for index in range(len(pieces)))
    found = problems(marked.replace("¦", ""))
    expected = [place + message for place, message in zip(places, wanted, strict=True)]
    assert [one[: len(want)] for one, want in zip(found, expected, strict=False)] == expected
    assert len(found) == len(expected), found


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(PACK)


class TestRight:
    def test_the_whole(self, pack: Pack) -> None:
        assert (pack.id, pack.report, pack.lang, pack.source, pack.path) == (
            "shop-2024",
            "shop",
            "zh",
            "某文",
            "p.yaml",
        )
        assert pack.title == Message("年报", "Annual report")
        assert pack.years == Years(2024, None)
        assert pack.title_pattern == r"(?P<year>20\d\d)年报"
        assert pack.title_text == Label("年报", ("年度报告",))
        assert pack.severities == (("SH102", Severity.ERROR),)
        assert [(one.when, one.codes, one.severity) for one in pack.relaxations] == [
            (Condition((), Years(None, 2024)), ("GK1",), Severity.INFO)
        ]

    def test_defaults(self) -> None:
        pack = load("pack: p\ntitle: t\n")
        assert (pack.report, pack.lang, pack.title, pack.years) == ("p", "zh", Message("t", "t"), Years())
        assert (pack.sections, pack.tables, pack.identities, pack.examples) == ((), (), (), ())

    def test_facts(self, pack: Pack) -> None:
        assert pack.facts == (
            Fact("body", ("(.+店)",)),
            Fact("year", (r"(20\d\d)年",)),
            Fact("size", of="body", cases=(("unknown", ("大小",)), ("small", ("小",)), ("large", ("大",)))),
        )

    def test_sections(self, pack: Pack) -> None:
        assert pack.sections == (
            SectionSpec("sales", "一", Label("销售", ("销售情况",)), body=False, subheadings=False),
            SectionSpec("no", None, Label("其他")),
        )

    def test_table(self, pack: Pack) -> None:
        table = pack.table("takings")
        assert (table.section, table.title, table.caption) == ("sales", Message("收入", "收入"), Label("表一"))
        assert (table.texts, table.shapes, table.extra_rows, table.optional) == (
            ("单位",),
            ("one-row", "grid"),
            True,
            False,
        )
        assert table.cells == CellType("count", "required")
        assert [column.path for column in table.column_leaves()] == ["cash", "cards.visa", "cards.银联", "total"]
        assert table.columns[1].children[0].label == Label("维萨", ("VISA",))
        assert table.columns[2].cells == CellType(
            "amount",
            "zero",
            "万元",
            (("元", Decimal("0.0001")), ("万元", Decimal(1))),
            2,
            True,
        )
        assert table.rows[1] == Node(
            "rest",
            "rest",
            Label("其余"),
            cells=CellType(blank="empty"),
            children=(
                Node("summer", "rest.summer", Label("夏"), cells=CellType(blank="empty")),
                Node("autumn", "rest.autumn", Label("秋"), (), CellType("signed"), spare=True, optional=True),
            ),
        )

    def test_identities(self, pack: Pack) -> None:
        row_sum, some_cell = pack.identities
        assert (row_sum.code, row_sum.name, row_sum.table, row_sum.each) == ("SH101", "row-sum", "takings", "row")
        assert (row_sum.over, row_sum.at, row_sum.severity) == (("spring", "rest"), "total", Severity.WARNING)
        assert row_sum.holds.tolerance == Decimal("0.5")
        assert row_sum.when == Condition((("size", ("small",)),), Years(2024, 2025))
        assert (row_sum.title, row_sum.source) == (Message("行合计", "行合计"), "某文")
        assert row_sum.message == Message("{row}差{difference}", "{row} is off by {difference}")
        assert (some_cell.each, some_cell.severity, some_cell.message) == (None, Severity.ERROR, DEFAULT_MESSAGE)

    def test_examples(self, pack: Pack) -> None:
        right, wrong = pack.examples
        assert (right.format, right.document, right.findings) == ("markdown", "# 2024年报\n\n春 1\n", ())
        assert right.line == LINES.index("  - name: right") + 1
        assert (wrong.format, wrong.document) == ("text", "新\n\n# 2024年报\n春 2\n尾\n")
        assert [(one.code, one.line, one.column, one.message, one.severity) for one in wrong.findings] == [
            ("SH101", 3, 1, "春差1", Severity.ERROR),
            ("GK101", 1, None, None, None),
        ]

    @pytest.mark.parametrize(
        ("written", "years"),
        [
            ("2021", Years(2021, 2021)),
            ("2019..2020", Years(2019, 2020)),
            ("2021..", Years(2021, None)),
            ("..2020", Years(None, 2020)),
            ("'2019 .. 2020'", Years(2019, 2020)),
        ],
    )
    def test_years(self, written: str, years: Years) -> None:
        assert load(f"pack: p\ntitle: t\napplies: {{years: {written}}}\n").years == years

    def test_default_message_has_known_placeholders(self) -> None:
        assert all("{equation}" in text for text in DEFAULT_MESSAGE)
        assert "equation" in PLACEHOLDERS

    def test_yaml_words_that_are_names(self) -> None:
        text = "pack: p\ntitle: t\nsections: {no: 否, on: '1', 一: 甲, null: 空}\n"
        assert [(section.id, section.title.text) for section in load(text).sections] == [
            ("no", "否"),
            ("on", "1"),
            ("一", "甲"),
            ("null", "空"),
        ]

    def test_aliases_and_windows_files(self) -> None:
        text = (
            "\ufeffpack: p\ntitle: t\ntables:\n"
            "  a: {columns: &c {x: 甲}, rows: {y: 乙}}\n"
            "  b: {columns: *c, rows: {y: 乙}}\n"
        )
        pack = load(text.replace("\n", "\r\n"))
        assert pack.table("b").columns == pack.table("a").columns


class TestWrong:
    """Each case: a text of the pack, what it becomes with ``¦`` before each place that is wrong, and the problems."""

    @pytest.mark.parametrize(
        ("old", "new", "wanted"),
        [
            # --- keys, names and kinds of values
            (
                "source: 某文\nreport",
                "¦zzz: 某文\nreport",
                [
                    (
                        "unknown key 'zzz'; allowed are pack, title, source, lang, report, "
                        "applies, heading, facts, sections, tables, identities, relax, severity, examples"
                    )
                ],
            ),
            (
                (
                    "    section: sales\n    title: {zh: 收入}\n    caption: 表一\n    texts: 单位\n    shapes: [one-row, grid]\n"
                    "    extra_rows: allowed\n    columns:"
                ),
                (
                    "    section: sales\n    title: {zh: 收入}\n    caption: 表一\n    texts: 单位\n    shapes: [one-row, grid]\n"
                    "    extra_rows: allowed\n    ¦colums:"
                ),
                ["unknown key 'colums'; did you mean 'columns'?"],
            ),
            (
                "  takings:\n    section: sales",
                "  takings:\n    ¦sectoin: sales\n    ¦zz: 1",
                [
                    "unknown key 'sectoin'; did you mean 'section'?",
                    (
                        "unknown key 'zz'; allowed are title, section, caption, "
                        "texts, columns, rows, cells, shapes, optional, extra_rows"
                    ),
                ],
            ),
            (
                "{label: 刷卡, columns:",
                "¦{¦wording: 刷卡, columns:",
                [
                    "'cards' needs the key 'label': the words as the form prints them, with their numbering",
                    "unknown key 'wording'; allowed are label, accepts, columns, cells, optional",
                ],
            ),
            (
                "pack: shop-2024\ntitle: {zh: 年报, en: Annual report}",
                "¦pack: shop-2024",
                ["a pack needs the key 'title': what the pack is for"],
            ),
            (
                "pack: shop-2024",
                "pack: ¦Shop 2024",
                ["found 'Shop 2024'; allowed is: the id of the pack: small letters and digits, joined by '-'"],
            ),
            ("blank: required", "blank: ¦nil", ["found 'nil'; allowed are zero, empty, required"]),
            (
                "blank: required",
                "blank: ¦zeros",
                ["found 'zeros'; did you mean 'zero'? (allowed are zero, empty, required)"],
            ),
            ("{blank: empty}", "¦empty", ["found 'empty'; allowed is a mapping"]),
            (
                "summer: 夏",
                "summer: ¦2",
                ["found 2; allowed is a text or a mapping; put a number in quotes to make it a text"],
            ),
            ("summer: 夏", "summer: ¦''", ["found an empty text"]),
            ("summer: 夏", "summer: ¦~", ["'summer' is left empty; allowed is a text or a mapping"]),
            (
                "summer: 夏",
                "¦2summer: 夏",
                [
                    (
                        "found the name '2summer'; allowed: letters, digits and '_', no digit at the "
                        "beginning; Chinese is welcome"
                    )
                ],
            ),
            (
                "summer: 夏",
                "¦sum-mer: 夏",
                [
                    (
                        "found the name 'sum-mer'; allowed: letters, digits and '_', no digit at the "
                        "beginning; Chinese is welcome"
                    )
                ],
            ),
            (
                "summer: 夏",
                "¦春；: 夏",
                ["'春；' is not a name: letters, digits and '_' are allowed, no digit at the beginning"],
            ),
            ("summer: 夏", "¦within: 夏", ["the name 'within' is a word of the expressions; choose another"]),
            ("decimals: 2", "decimals: ¦-2", ["found -2; the smallest that is allowed is 0"]),
            ("decimals: 2", "decimals: ¦2.5", ["found 2.5; allowed is a whole number"]),
            ("decimals: 2", "decimals: ¦21", ["found 21; the largest that is allowed is 20"]),
            (
                "code: SH102",
                "code: ¦SH1",
                ["found 'SH1'; allowed is: two to six capital letters and three digits; stable for ever"],
            ),
            (
                "name: row-sum",
                "name: ¦Row sum",
                [
                    (
                        "found 'Row sum'; allowed is: the name that goes with the code: small "
                        "letters and digits, joined by '-'"
                    )
                ],
            ),
            ("each: row", "each: ¦line", ["found 'line'; allowed are column, row"]),
            ("    at: total\n", "    at: ¦[total]\n", ["found a list of 1; allowed is a text"]),
            ("    at: total\n", "    at: ¦true\n", ["found true; allowed is a text"]),
            (
                "codes: GK1",
                "codes: [¦gk1]",
                ["found 'gk1'; allowed is: a code, or the beginning of codes: GK1 is all that begin with GK1"],
            ),
            ("codes: GK1", "codes: ¦[]", ["found an empty list; at least one is wanted"]),
            (
                "{SH102: error}",
                "{¦sh102: error}",
                ["found the name 'sh102'; allowed: a code: two to six capital letters and three digits"],
            ),
            ("{SH102: error}", "{SH102: ¦bad}", ["found 'bad'; allowed are error, warning, info"]),
            (
                "- name: right\n    document: |\n      # 2024年报\n\n      春 1\n    findings: []\n",
                "- ¦name: right\n    document: |\n      # 2024年报\n\n      春 1\n",
                [
                    (
                        "item 1 of 'examples' needs the key 'findings': all "
                        "findings that the document must give; an empty list if none"
                    )
                ],
            ),
            ("line: 3, column: 1", "line: ¦0, column: 1", ["found 0; the smallest that is allowed is 1"]),
            ("optional: true, cells", "optional: ¦yes, cells", ["found 'yes'; allowed is true or false"]),
            (
                "shapes: [one-row, grid]",
                "shapes: ¦[grid, grid]",
                ["found a list of 2 with an item that stands there twice"],
            ),
            ("shapes: [one-row, grid]", "shapes: [¦column]", ["found 'column'; allowed are grid, one-row, transposed"]),
            (
                "extra_rows: allowed",
                "extra_rows: ¦allow",
                ["found 'allow'; did you mean 'allowed'? (allowed are allowed, refused)"],
            ),
            (
                "    holds: total",
                f"    holds: ¦{'1' * 4000} + total",
                [f"found '{'1' * 60}…' of 4042 characters; at most 4000 are allowed"],
            ),
            # --- years
            (
                "years: 2024..",
                "years: ¦24",
                ["found '24' where years are expected: 2021, 2019..2020, 2021.. or ..2020"],
            ),
            ("years: 2024..", "years: ¦2024-2025", ["found '2024-2025' where years are expected: 2021, 2019..2020"]),
            ("years: 2024..", "years: ¦..", ["found '..' where years are expected: 2021, 2019..2020"]),
            (
                "years: 2024..",
                "years: ¦2024 2025",
                ["found '2024 2025'; write a range of years with two dots: 2019..2020"],
            ),
            ("year: 2024..2025", "year: ¦2025..2024", ["the years run backwards: 2025..2024"]),
            # --- regular expressions and facts
            (
                "['(.+店)']",
                "[¦'.+店']",
                ["the regular expression needs a group, (…), around the text that is the value"],
            ),
            ("['(.+店)']", "['¦(.+店']", ["not a regular expression: missing ), unterminated subpattern"]),
            (
                "['(.+店)']",
                "[¦'((.+)+店)']",
                [
                    (
                        "a repetition inside a repetition, as in (a+)+, can take for ever on some "
                        "texts; write it with one repetition, or with a fixed character between the repeated parts"
                    )
                ],
            ),
            ("large: 大", "large: (¦(大", ["not a regular expression: missing ), unterminated subpattern"]),
            (
                "of: body",
                "of: ¦bodi",
                ["'bodi' is no fact that stands before this one; did you mean 'body'? (there are: body, year)"],
            ),
            (
                "    of: body\n    cases",
                "    ¦cases",
                ["a fact is a list of patterns, or has 'patterns', or 'of' and 'cases'"],
            ),
            (
                "    of: body\n",
                "    ¦of: body\n    patterns: (a)\n",
                ["a fact has either 'patterns', or 'of' and 'cases', found both"],
            ),
            # --- cells
            ("units: {元: 0.0001}", "units: {元: ¦0}", ["a unit is worth more than 0, found 0"]),
            ("units: {元: 0.0001}", "units: {万元: ¦2}", ["'万元' is the unit of the form, so it is worth 1, found 2"]),
            ("{blank: empty}", "{¦decimals: 2}", ["'decimals' is for cells of type 'amount', these are 'count'"]),
            # --- messages
            (
                "'{row}差{difference}'",
                "'{row}差¦{diff}'",
                [
                    (
                        "unknown placeholder '{diff}' in a message; did you mean "
                        "'difference'?; there are {cell}, {column}, {difference}, {equation}, {left}, {right}, {row}, {table}, {value}"
                    )
                ],
            ),
            ("'{row}差{difference}'", "'¦{row差'", ["unknown placeholder '{' in a message; there are {cell}"]),
            (
                "'{row}差{difference}'",
                "'{row}差¦{row.__class__¦}'",
                ["unknown placeholder '{' in a message", "unknown placeholder '}' in a message"],
            ),
            # --- expressions, pointed at inside the text
            ("sum(cards.*) within", "sum(cards.* ¦within", ["found 'within' where ',' or ')' is expected"]),
            (
                "cash + sum(cards.*) within 0.5",
                "cash + ¦sun(cash)",
                ["unknown function 'sun'; did you mean 'sum'?; there are"],
            ),
            (
                "spring[cash] >= 0",
                "spring[cash] > ¦= 0",
                ["found '=' where a cell, a number, a function or '(' is expected"],
            ),
            ("holds: total ==", "holds: ¦>-\n      total = =", ["found '=' where a cell, a number, a function or '('"]),
            # --- what refers to what
            ("section: sales", "section: ¦sale", ["no section 'sale'; did you mean 'sales'?"]),
            ("table: takings\n", "table: ¦taking\n", ["no table 'taking'; did you mean 'takings'?"]),
            (
                "    table: takings\n    each: row\n    over: [spring",
                "    ¦each: row\n    ¦over: [spring",
                [
                    "'each' needs the 'table' whose rows or columns are meant",
                    "'over' needs the 'table' whose rows or columns are meant",
                ],
            ),
            ("total == cash", "¦totl == cash", ["no column 'totl' in the table 'takings'; did you mean 'total'?"]),
            (
                "+ sum(cards.*)",
                "+ ¦cards",
                [
                    (
                        "the column 'cards' is a group and carries no value; write one of cards.visa, "
                        "cards.银联, or sum(cards.**)"
                    )
                ],
            ),
            ("+ sum(cards.*)", "+ ¦visa", ["no column 'visa' in the table 'takings'; did you mean 'cards.visa'?"]),
            (
                "+ sum(cards.*)",
                "+ sum(¦cash.*)",
                ["the column 'cash' is no group, so there is nothing for '*' to stand for"],
            ),
            (
                "+ sum(cards.*)",
                "+ ¦spring",
                [
                    (
                        "no column 'spring' in the table 'takings'; there are cash, cards, cards.visa, "
                        "cards.银联, total; it is a row, and a column is wanted here"
                    )
                ],
            ),
            (
                "'spring[cash] >= 0'",
                "'¦spring >= 0'",
                ["'spring' needs a column, since there is no 'each'; write spring[column]"],
            ),
            ("'spring[cash] >= 0'", "'¦other:a[b] >= 0'", ["no table 'other'; there are takings"]),
            ("'spring[cash] >= 0'", "'¦spring[spring] >= 0'", ["no column 'spring' in the table 'takings'; there are"]),
            (
                "table: takings, holds: 'spring[cash] >= 0'",
                "holds: '¦spring[cash] >= 0'",
                ["'spring' names no table; write table:row[column]"],
            ),
            ("    at: total\n", "    at: ¦cards.*\n", ["a finding stands on one cell; a wildcard stands for several"]),
            ("    at: total\n", "    at: a ¦b\n", ["found 'b' where the end (one cell is wanted) is expected"]),
            (
                "    at: total\n",
                "    at: ¦rest[cash]\n",
                [
                    (
                        "the row 'rest' is a group and carries no value; write one of "
                        "rest.summer, rest.autumn, or sum(rest.**)"
                    )
                ],
            ),
            (
                "over: [spring, rest]",
                "over: [spring, ¦cash]",
                ["no row 'cash' in the table 'takings'; there are spring"],
            ),
            ("over: [spring, rest]", "over: ¦[]", ["found an empty list; at least one is wanted"]),
            (
                "over: [spring, rest]",
                "over: [spring, a ¦b]",
                ["found 'b' where the end (names joined by dots are wanted) is expected"],
            ),
            (
                "    each: row\n    over: [spring, rest]\n    holds: total == cash + sum(cards.*) within 0.5\n    at: total\n",
                "    ¦over: [spring, rest]\n    holds: 1 == 1\n",
                ["'over' needs 'each': row or column, of which it names some"],
            ),
            ("size: small", "size: ¦tiny", ["the fact 'size' has no value 'tiny'; there are small, large"]),
            (
                "size: small",
                "size: [small, ¦unknown]",
                ["the fact 'size' has no value 'unknown'; there are small, large"],
            ),
            ("size: small", "¦sizes: small", ["no fact 'sizes'; did you mean 'size'?"]),
            ("code: SH102, name: some-cell", "code: ¦SH102, name: row-sum", ["'row-sum' is SH101 above, found SH102"]),
            (
                "code: SH102, name: some-cell",
                "code: SH101, name: ¦some-cell",
                ["SH101 is 'row-sum' above, found 'some-cell'"],
            ),
            # --- examples
            ("of: right", "of: ¦write", ["no example 'write' stands before this one; did you mean 'right'?"]),
            ("of: right", "of: ¦wrong", ["no example 'wrong' stands before this one"]),
            ("name: wrong", "name: ¦right", ["a second example 'right'; names must differ"]),
            (
                "- name: wrong\n    of: right\n",
                "- ¦name: wrong\n",
                ["an example has either 'document', or 'of' and 'change'"],
            ),
            (
                "- name: wrong\n    of: right\n",
                "- ¦name: wrong\n    of: right\n    document: x\n",
                ["an example has either 'document', or 'of' and 'change'"],
            ),
            ("replace: 1, with", "replace: ¦5, with", ["line 3 of the example that is changed holds no '5': '春 1'"]),
            (
                "{line: 3, replace: 1, with: 2}",
                "¦{line: 3, replace: 1}",
                ["a change has one of 'replace' (and 'with'), 'delete' or 'insert', found replace"],
            ),
            (
                "{line: 2, delete: 1}",
                "¦{line: 2}",
                ["a change has one of 'replace' (and 'with'), 'delete' or 'insert', found none of them"],
            ),
            (
                "{line: 2, delete: 1}",
                "{line: ¦3, delete: 2}",
                ["the example that is changed has 3 lines, found line 4"],
            ),
            (
                "{line: 2, delete: 1}",
                "{line: 2, delete: 1}\n      - {line: ¦2, replace: x, with: y}",
                [("this line is deleted by another change")],
            ),
            (
                "{line: 4, insert: 尾}",
                "{line: ¦5, insert: 尾}",
                ["the example that is changed has 3 lines, found line 5"],
            ),
            ("- {line: 1, code: GK101}", "- {line: ¦7, code: GK101}", ["the document has 6 lines, found line 7"]),
        ],
    )
    def test_mistake(self, old: str, new: str, wanted: list[str]) -> None:
        assert PACK.count(old) == 1, f"{PACK.count(old)} times {old!r}"
        text = PACK.replace(old, new)
        assert_problems(text, wanted)

    def test_all_mistakes_of_a_file_in_the_order_of_places(self) -> None:
        marked = (
            PACK.replace("section: sales", "section: ¦sale")
            .replace("over: [spring, rest]", "over: [spring, ¦rst]")
            .replace("    at: total\n", "    at: ¦totl\n")
        )
        assert_problems(marked, ["no section 'sale'", "no row 'rst'", "no column 'totl'"])

    def test_a_pack_that_is_no_mapping_of_the_right_kind_at_all(self) -> None:
        found = problems("pack: [1]\ntitle: 3\ntables: x\nidentities: {a: 1}\n")
        assert found == [
            "p.yaml:1:7: found a list of 1; allowed is a text",
            "p.yaml:2:8: found 3; allowed is a text or a mapping; put a number in quotes to make it a text",
            "p.yaml:3:9: found 'x'; allowed is a mapping",
            "p.yaml:4:13: found a mapping; allowed is a list",
        ]

    def test_without_validation(self) -> None:
        assert pack_from_bytes(PACK.encode(), "p.yaml", validate=False) == load(PACK)
        with pytest.raises(PackError, match=r"not the shape of a pack .*; load it with validation to see why"):
            pack_from_bytes(b"pack: p\n", "p.yaml", validate=False)
        with pytest.raises(PackError, match=r"p\.yaml:41:21: found '='"):
            pack_from_bytes(PACK.replace("total == cash", "total == = cash").encode(), "p.yaml", validate=False)

    @given(
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers()
            | st.text(max_size=5)
            | st.sampled_from(["2021..", "a == b", "GK101"]),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
            max_leaves=20,
        ),
        st.dictionaries(st.sampled_from(sorted(pack_schema()["properties"])), st.just(None)),
    )
    @settings(max_examples=60, deadline=None)
    def test_any_data_is_a_pack_or_refused(self, value: object, keys: dict[str, None]) -> None:
        data = {"pack": "p", "title": "t"} | dict.fromkeys(keys, value)
        try:
            load(json.dumps(data))
        except PackError as error:
            told = error.problems
        else:
            told = []
        places = [(problem.line or 0, problem.column or 0) for problem in told]
        assert places == sorted(places)

    @given(st.text(alphabet=st.sampled_from(PACK + "&*!|>%@`\t\\\u2028\x85"), max_size=80) | st.text(max_size=60))
    @settings(max_examples=60, deadline=None)
    def test_any_text_is_a_pack_or_refused(self, text: str) -> None:
        for whole in (text, PACK[:300] + text + PACK[300:]):
            with suppress(PackError):
                pack_from_bytes(whole.encode("utf-8", "surrogatepass"), "p.yaml")


class TestFiles:
    def test_a_file(self, tmp_path: Path) -> None:
        file = tmp_path / "p.yaml"
        file.write_text(PACK, "utf-8")
        assert load_pack(file).path == str(file)

    def test_a_folder_in_the_order_of_names(self, tmp_path: Path) -> None:
        for name, pack_id in (("b.yml", "one"), ("a.YAML", "two"), (".c.yaml", "three"), ("d.txt", "four")):
            (tmp_path / name).write_text(f"pack: {pack_id}\ntitle: t\n")
        (tmp_path / "e.yaml").mkdir()
        assert [pack.id for pack in load_packs([tmp_path])] == ["two", "one"]
        assert [pack.id for pack in load_packs([tmp_path / "b.yml", tmp_path])] == ["one", "two"]

    def test_paths_that_are_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(PathError, match="nowhere: no such pack file or folder"):
            load_packs([tmp_path / "nowhere"])
        with pytest.raises(PathError, match=r"no pack \(\*.yaml\) in this folder"):
            load_packs([tmp_path])
        with pytest.raises(PackError, match=r"none\.yaml: cannot be read: No such file or directory"):
            load_pack(tmp_path / "none.yaml")
        with pytest.raises(PackError, match="cannot be read"):
            load_pack(tmp_path)
        with pytest.raises(PathError, match=r"no such pack file or folder|null"):
            load_packs([Path("\0")])

    def test_the_mistakes_of_all_files(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").write_text("pack: p\n")
        (tmp_path / "b.yaml").write_text("pack: p\ntitle: t\nx: 1\n")
        with pytest.raises(PackError) as caught:
            load_packs([tmp_path])
        assert [(Path(one.path or "").name, one.line) for one in caught.value.problems] == [
            ("a.yaml", 1),
            ("b.yaml", 3),
        ]

    @pytest.mark.parametrize(
        ("pack_id", "code", "name", "message"),
        [
            ("p", "AB102", "other", "a second pack 'p'; the first is "),
            ("q", "AB101", "other", "AB101 is 'other' here but 'one' in "),
            ("q", "AB102", "one", "'one' is AB102 here but AB101 in "),
        ],
    )
    def test_packs_that_do_not_go_together(
        self, tmp_path: Path, pack_id: str, code: str, name: str, message: str
    ) -> None:
        text = "pack: {}\ntitle: t\nidentities: [{{code: {}, name: {}, holds: 1 == 1}}]\n"
        (tmp_path / "a.yaml").write_text(text.format("p", "AB101", "one"))
        (tmp_path / "b.yaml").write_text(text.format(pack_id, code, name))
        with pytest.raises(PackError) as caught:
            load_packs([tmp_path])
        assert [problem.message for problem in caught.value.problems] == [f"{message}{tmp_path / 'a.yaml'}"]
        assert caught.value.path == str(tmp_path / "b.yaml")

    def test_the_packs_that_come_with_gklint(self) -> None:
        packs = builtin_packs()
        assert len({pack.id for pack in packs}) == len(packs) == len(list(builtin_dir().glob("*.yaml")))
        assert all(pack.identities and pack.tables and pack.sections for pack in packs)


class TestYaml:
    @pytest.mark.parametrize(
        ("marked", "message"),
        [
            ("¦", "the file is empty; a pack is a mapping that begins with 'pack: …'"),
            ("¦# only a comment\n", "the file is empty; a pack is a mapping"),
            ("¦- a\n", "a pack is a mapping of keys and values ('pack: …')"),
            ("pack: p\n¦\ttitle: t\n", "a tab in the indentation; YAML wants spaces"),
            ("pack: p\n¦pack: q\n", "the key 'pack' stands here twice, first on line 1"),
            ("sections: {a: 甲, ¦a: 乙}\n", "the key 'a' stands here twice, first on line 1"),
            ("pack: 'p\ntitle: t\n¦", "a quotation mark is opened and never closed"),
            ("title: a¦: b\n", "a ':' too many on this line; put a text that holds ': ' in quotes"),
            ("title: ¦@a\n", "found '@' where a value begins; put the text in quotes"),
            ("title: ¦*a\n", "the alias *a names no anchor that stands before it"),
            ("title: &a [¦*a]\n", "the alias *a names no anchor that stands before it"),
            ("title: &a x\nsource: ¦&a y\n", "a second anchor &a"),
            ("title: ¦!python/object:os.system x\n", "the tag !python/object:os.system is not allowed in a pack"),
            ("? ¦[a]\n: 1\n", "a key must be a plain text"),
            ("pack: p\n¦---\npack: q\n", "a second document begins here; a file holds one pack"),
            ("title: 年¦\x07报\n", "the character U+0007 is not allowed in YAML"),
            ("a: " + "[" * 59 + "¦[" + "]" * 60, "more than 60 levels inside one another"),
        ],
    )
    def test_mistakes(self, marked: str, message: str) -> None:
        assert_problems(marked, [message])

    def test_aliases_that_grow_without_end(self) -> None:
        lines = ["a0: &a0 [" + ", ".join(["x"] * 10) + "]"]
        lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 9)]
        assert "more than 100,000 keys and values with all aliases written out" in problems("\n".join(lines))[0]

    def test_too_large(self) -> None:
        assert problems("# " + "x" * (2 * 1024 * 1024)) == ["p.yaml: larger than 2 MB, the most that a pack may have"]

    @pytest.mark.parametrize("content", ["pack: p\ntitle: 年报\n".encode("gb18030"), b"pack: p\ntitle: \xff\n"])
    def test_not_utf_8(self, content: bytes) -> None:
        with pytest.raises(PackError, match=r"p\.yaml:2:8: byte 0x(C4|FF) is not UTF-8; save the file as UTF-8"):
            pack_from_bytes(content, "p.yaml")

    def test_lines_are_counted_as_editors_do(self) -> None:
        assert problems("pack: p # \u2028 \x85\r\ntitle: t\rx: 1\n")[0].startswith("p.yaml:3:1: unknown key 'x'")


@pytest.mark.parametrize("text", ["2021", "2019..2020", "2021..", "..2020"])
def test_years_are_printed_as_they_are_written(text: str) -> None:
    pack = pack_from_bytes(f"pack: p\ntitle: t\napplies: {{title: x, years: {text}}}\n".encode(), "p.yaml")
    assert str(pack.years) == text


GROUPS = """\
pack: p
title: t
tables:
  t:
    columns: {c: 列}
    rows:
      a: {label: 甲, rows: {x: {label: 乙, rows: {y: 丙}}}}
    cells: {type: count}
identities:
  - {code: AB101, name: n, table: t, each: column, holds: 'sum(¦*) == 1'}
"""


def test_a_wildcard_that_stands_for_nothing() -> None:
    assert_problems(GROUPS, ["no row of the table 't' stands by itself; write '**' for all"])
    inner = "all inside the row 'a' are groups; write a.** for what is below"
    assert_problems(GROUPS.replace("¦*", "¦a.*"), [inner])


def test_years_without_the_fact_that_says_them() -> None:
    learn = "no fact 'year'; say under 'facts' how to learn the year of a report"
    assert problems(PACK.replace("  year: (20\\d\\d)年\n", "")) == [f"p.yaml:45:31: {learn}", f"p.yaml:49:19: {learn}"]


EXAMPLES = """\
pack: p
title: t
examples:
  - {name: a, document: "x", findings: []}
  - {name: b, of: a, change: [{line: 1, replace: x, with: "%s"}], findings: []}
  - {name: c, of: ¦d, change: [{line: 1, delete: 1}], findings: []}
  - {name: e, of: c, change: [{line: 1, delete: 1}], findings: []}
  - {name: f, of: b, change: [{line: 2, insert: z}], findings: []}
"""


def test_an_example_of_an_example_that_is_wrong_is_not_wrong_as_well() -> None:
    assert_problems(EXAMPLES % "y", ["no example 'd' stands before this one"])
    pack = load((EXAMPLES % "y").replace("¦d", "a"))
    assert [example.document for example in pack.examples] == ["x", "y", "", "", "y\nz"]


@pytest.mark.unmeasured
def test_bounds_of_a_pack() -> None:
    long = (EXAMPLES % ("y" * 1_000_001)).replace("of: ¦d", "of: a")
    assert problems(long) == ["p.yaml:5:30: the changed document has more than 1,000,000 characters"]
    assert problems("pack: p\nx: [" + "1, " * 100_001 + "]\n") == ["p.yaml:2:299990: more than 100,000 keys and values"]
