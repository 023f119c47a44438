"""GK3xx: what stands in the cells: blanks, marks, things that are no numbers, and numbers in the wrong dress."""

from __future__ import annotations

from collections.abc import Iterator

from gklint.analysis import Analysis, Filling
from gklint.binding.model import BoundCell, BoundReport, BoundRow, BoundTable, State
from gklint.checks.base import Reporter
from gklint.checks.numbers import cell_text
from gklint.checks.tables import row_address, title
from gklint.documents.model import Located
from gklint.findings import Edit, Finding, Message, Related, Rule, Severity
from gklint.identities import Key

RULES = [
    Rule(
        "GK301",
        "blank-zero",
        Severity.WARNING,
        Message("单元格留空，应填 0", "a cell is blank where 0 is expected"),
        Message(
            "没有数据的单元格应填 0 而不是留空。一行中的空格合为一条，标在第一个空格上；整行皆空时标在行名上。消息区分"
            "两种依据：由恒等式推得必为 0，或恒等式不能确定而按填报要求应为 0。",
            "A cell without anything to report holds 0, it is not left blank. The blanks of one row are one finding, "
            "on the first of them, or on the row's label if all are blank. The message tells whether the identities "
            "prove the 0 or the form merely expects it.",
        ),
        fixable="both",
        example=Message("某行七格中有三格空白", "three of the seven cells of a row are empty"),
    ),
    Rule(
        "GK302",
        "blank-value",
        Severity.ERROR,
        Message("单元格留空，其值可由其他数推得", "a cell is blank whose value follows from the others"),
        Message(
            "空格不能是 0：其余数值和恒等式要求一个确定的值，消息给出该值。",
            "The blank cannot stand for 0: the other values and the identities ask for a value, which the message "
            "gives.",
        ),
        fixable="both",
        example=Message("各行之和为 3，合计却空白", "the rows add up to 3 but the total is blank"),
    ),
    Rule(
        "GK303",
        "cell-mark",
        Severity.WARNING,
        Message("用符号代替数字", "a mark stands in place of a number"),
        Message(
            "“/”“—”“-”“无”等符号应改为 0（或实际数值）。一行中的符号合为一条。",
            "Marks such as / — - 无 should be 0 (or the value). The marks of one row are one finding.",
        ),
        fixable="both",
        example=Message("单元格写“/”", "a cell holds /"),
    ),
    Rule(
        "GK304",
        "not-a-number",
        Severity.ERROR,
        Message("单元格内容不是数字", "a cell holds something that is not a number"),
        Message(
            "应填数字的单元格写有其他内容，含有该单元格的恒等式因此无法核对。",
            "The cell should hold a number. Identities with this cell cannot be evaluated.",
        ),
        example=Message("单元格写“约5”", "a cell says “about 5”"),
    ),
    Rule(
        "GK305",
        "full-width-digits",
        Severity.WARNING,
        Message("数字为全角", "digits are full width"),
        Message("数字应使用半角。", "Digits should be half width."),
        fixable="safe",
        example=Message("“１２”应为“12”", "１２ for 12"),
    ),
    Rule(
        "GK306",
        "thousands-separator",
        Severity.WARNING,
        Message("数字含千位分隔符", "a number has thousands separators"),
        Message("数字中不应有逗号或空格分隔。", "Numbers have no commas or spaces between groups of digits."),
        fixable="safe",
        example=Message("“1,234”应为“1234”", "1,234 for 1234"),
    ),
    Rule(
        "GK307",
        "cell-sign",
        Severity.ERROR,
        Message("数字不应带正负号", "a number has a sign where none may be"),
        Message(
            "件数、金额等不能为负，也不写正号；核对时按其绝对值计算。",
            "Counts and amounts cannot be negative and carry no plus sign; identities use the magnitude.",
        ),
        fixable="unsafe",
        example=Message("件数写作“-3”", "a count of -3"),
    ),
    Rule(
        "GK308",
        "cell-decimals",
        Severity.ERROR,
        Message("小数位数不对", "a number has decimals where none may be, or too many"),
        Message(
            "件数应为整数；金额的小数位数不得超过格式规定。",
            "A count is a whole number; an amount has no more decimals than the form allows.",
        ),
        example=Message("件数写作“3.5”", "a count of 3.5"),
    ),
    Rule(
        "GK309",
        "cell-unit",
        Severity.WARNING,
        Message("单位与表头不符", "a number is written in another unit than the head asks for"),
        Message(
            "单元格内写有与表头不同的单位，核对时已换算。",
            "The cell names another unit than the head does; identities use the converted value.",
        ),
        fixable="unsafe",
        example=Message("表头为万元，单元格写“3800元”", "the head says 万元, the cell 3800元"),
    ),
    Rule(
        "GK311",
        "blank-required",
        Severity.ERROR,
        Message("必填单元格留空", "a cell that must be filled is blank"),
        Message("该单元格必须填写，空白不能视为 0。", "The cell must be filled; a blank does not stand for 0."),
        example=Message("合计一栏空白", "the total is blank"),
    ),
]

_SLIPS = {
    "sign": ("GK307", "“{0}”不应带正负号", "“{0}” has a sign where none may be"),
    "decimals": ("GK308", "“{0}”的小数位数不符合要求", "“{0}” has more decimals than the form allows"),
    "unit": ("GK309", "“{0}”的单位与表头不一致", "“{0}” is in another unit than the head asks for"),
    "thousands": ("GK306", "“{0}”含千位分隔符", "“{0}” has thousands separators"),
    "full-width": ("GK305", "“{0}”含全角字符", "“{0}” has full-width characters"),
}


def check(report: BoundReport, analysis: Analysis) -> Iterator[Finding]:
    """All findings about cells; ``analysis`` knows what blanks must be."""
    say = Reporter(report, RULES)
    for table in report.tables:
        if table.numbers() is not None:
            continue
        for cells, rows in _document_rows(table):
            yield from _empty_cells(say, table, cells, rows, State.BLANK, analysis)
            yield from _empty_cells(say, table, cells, rows, State.MARK, analysis)
            for cell in cells:
                if cell.state is State.INVALID:
                    yield _invalid(say, table, cell, analysis)
                elif cell.slips:
                    yield _slip(say, table, cell, analysis)


def _document_rows(table: BoundTable) -> Iterator[tuple[list[BoundCell], list[BoundRow]]]:
    """The cells that stand in one row of the document, with the form's rows that they belong to."""
    rows = list(table.doubtful_rows()) if table.shape == "grid" else [row for row in table.rows.values() if row.cells]
    if table.shape == "one-row":
        if rows:
            yield [cell for row in rows for cell in row.cells.values()], rows
    elif table.shape == "transposed":
        for column in table.spec.column_leaves():
            cells = [row.cells[column.path] for row in rows if column.path in row.cells]
            if cells:
                yield cells, rows
    else:
        for row in rows:
            yield list(row.cells.values()), [row]


def _key(table: BoundTable, cell: BoundCell) -> Key:
    return (table.spec.id, cell.row.path, cell.column.path)


def place_name(table: BoundTable, cell: BoundCell, lang: str) -> str:
    """A cell in words: its row and column."""
    if lang == "zh":
        return f"“{cell.row.label.text}”行“{cell.column.label.text}”"
    return f"row “{cell.row.label.text}”, column “{cell.column.label.text}”"


def _empty_cells(
    say: Reporter,
    table: BoundTable,
    cells: list[BoundCell],
    rows: list[BoundRow],
    state: State,
    analysis: Analysis,
) -> Iterator[Finding]:
    empty = [cell for cell in cells if cell.state is state and (state is State.MARK or cell.type.blank != "empty")]
    if state is State.BLANK:
        required = [cell for cell in empty if _must_be_filled(table, cell, analysis)]
        if required:
            yield _required(say, table, required)
            empty = [cell for cell in empty if cell not in required]
    if not empty:
        return
    fillings = [analysis.filling(_key(table, cell)) for cell in empty]
    values = [(cell, filling) for cell, filling in zip(empty, fillings, strict=True) if filling.value]
    unknown = [cell for cell, filling in zip(empty, fillings, strict=True) if filling.value is None]
    first = empty[0]
    span = first.span
    label = rows[0].label if len(rows) == 1 and table.shape == "grid" else None
    others = empty[1:]
    related: list[Related] = []
    if state is State.BLANK and label is not None and len(empty) == len(cells) > 1 and label.text:
        span = label.span()
        others = empty
    elif label is not None and label.span().line != span.line:
        related.append(Related(label.span(), Message("所在的行", "the row")))
    related.extend(Related(cell.span, _related_message(table, cell, analysis, state)) for cell in others)
    edits = tuple(
        edit
        for cell, filling in zip(empty, fillings, strict=True)
        if filling.value is not None
        for edit in say.writing(cell.text, cell_text(filling.value, cell, table), safe=filling.proven)
    )
    address = row_address(say.report, table, first.row, first.column)
    if state is State.MARK:
        yield _marks(say, table, empty, values, tuple(related), edits, address, unknown=bool(unknown))
    elif values:
        yield _values(say, table, empty, values, cells, tuple(related), edits)
    elif unknown:
        verb = "is" if len(empty) == 1 else "are"
        yield say(
            "GK301",
            span,
            f"{_cells_zh(table, empty)}留空，应填写数值：有关恒等式不成立，不能断定是否为 0",
            f"{_cells_en(table, empty)} {verb} blank and should be filled: a broken identity leaves open if with 0",
            related=tuple(related),
            edits=edits,
            address=address,
        )
    else:
        proven = all(filling.proven for filling in fillings)
        basis_zh = "由恒等式推得为 0" if proven else "按填报要求，没有数据应填 0"
        basis_en = "the identities prove it" if proven else "the form expects 0 where there is nothing to report"
        if not proven and any(filling.proven for filling in fillings):
            count = sum(filling.proven for filling in fillings)
            basis_zh = f"其中{count}格由恒等式推得为 0，其余按填报要求应填 0"
            basis_en = f"the identities prove it for {count}, the form expects it for the others"
        yield say(
            "GK301",
            span,
            f"{_cells_zh(table, empty)}留空，应填 0（{basis_zh}）",
            f"{_cells_en(table, empty)} {'is' if len(empty) == 1 else 'are'} blank and should be 0 ({basis_en})",
            related=tuple(related),
            edits=edits,
            address=address,
        )


def _must_be_filled(table: BoundTable, cell: BoundCell, analysis: Analysis) -> bool:
    """Whether a blank must be filled and nothing says with what."""
    return cell.type.blank == "required" and analysis.filling(_key(table, cell)).value is None


def _required(say: Reporter, table: BoundTable, cells: list[BoundCell]) -> Finding:
    first = cells[0]
    return say(
        "GK311",
        first.span,
        f"{_cells_zh(table, cells)}必须填写",
        f"{_cells_en(table, cells)} must be filled",
        related=tuple(
            Related(
                cell.span, Message(f"空格：{place_name(table, cell, 'zh')}", f"blank: {place_name(table, cell, 'en')}")
            )
            for cell in cells[1:]
        ),
        address=row_address(say.report, table, first.row, first.column),
    )


def _cells_zh(table: BoundTable, cells: list[BoundCell]) -> str:
    if len(cells) == 1:
        return place_name(table, cells[0], "zh")
    return f"{_line(table, cells).zh}有{len(cells)}格"


def _cells_en(table: BoundTable, cells: list[BoundCell]) -> str:
    if len(cells) == 1:
        return place_name(table, cells[0], "en")
    return f"{len(cells)} cells of {_line(table, cells).en}"


def _line(table: BoundTable, cells: list[BoundCell]) -> Message:
    """The row or, in a table with its rows across, the column that cells stand in; the table, if they are of several
    of both."""
    first = cells[0]
    if all(cell.row is first.row for cell in cells):
        return Message(f"“{first.row.label.text}”行", f"row “{first.row.label.text}”")
    if all(cell.column is first.column for cell in cells):
        return Message(f"“{first.column.label.text}”列", f"column “{first.column.label.text}”")
    return Message(f"“{title(table, 'zh')}”", f"“{title(table, 'en')}”")


def _short_name(table: BoundTable, cell: BoundCell) -> str:
    """What tells a cell from the others of its row of the document."""
    if table.shape == "one-row":
        return f"{cell.row.label.text}·{cell.column.label.text}"
    return (cell.row if table.shape == "transposed" else cell.column).label.text


def _related_message(table: BoundTable, cell: BoundCell, analysis: Analysis, state: State) -> Message:
    filling = analysis.filling(_key(table, cell))
    name = _short_name(table, cell)
    kind_zh, kind_en = ("空格", "blank") if state is State.BLANK else ("符号", "mark")
    if filling.value is None:
        return Message(f"{kind_zh}：“{name}”应填何值不能断定", f"{kind_en}: what “{name}” should be cannot be told")
    value = cell_text(filling.value, cell, table)
    return Message(f"{kind_zh}：“{name}”应填 {value}", f"{kind_en}: “{name}” should be {value}")


def _wanted(table: BoundTable, values: list[tuple[BoundCell, Filling]]) -> Message:
    """What each of the empty cells should hold."""
    pairs = [(_short_name(table, cell), cell_text(filling.value or 0, cell, table)) for cell, filling in values]
    return Message(
        "、".join(f"“{name}”应为 {value}" for name, value in pairs),
        ", ".join(f"“{name}” should be {value}" for name, value in pairs),
    )


def _values(
    say: Reporter,
    table: BoundTable,
    empty: list[BoundCell],
    values: list[tuple[BoundCell, Filling]],
    cells: list[BoundCell],
    related: tuple[Related, ...],
    edits: tuple[Edit, ...],
) -> Finding:
    """Blanks of one row of which some must be other than 0: the finding stands on the first of those."""
    first = values[0][0]
    zh, en = _wanted(table, values)
    rest = len(empty) - len(values)
    proven = all(filling.proven for _, filling in values)
    basis_zh = "由恒等式推得" if proven else "其余空格按 0 计，由恒等式推得"
    basis_en = "by the identities" if proven else "by the identities, the other blanks counting as 0"
    more_zh = f"；另有{rest}格空白应填 0" if rest else ""
    more_en = f"; {rest} more blank cell{'s' if rest > 1 else ''} should be 0" if rest else ""
    shown = tuple(entry for entry in related if entry.span != first.span)
    if empty[0] is not first:
        shown = (Related(empty[0].span, Message("空格", "blank")), *shown)
    where = _line(table, cells)
    claim_zh = "有确定的值" if proven else "不能都是 0"
    claim_en = "have a value" if proven else "cannot all be 0"
    return say(
        "GK302",
        first.span,
        f"{where.zh}留空的单元格{claim_zh}：{zh}（{basis_zh}{more_zh}）",
        f"blank cells of {where.en} {claim_en}: {en} ({basis_en}{more_en})",
        related=shown,
        edits=edits,
        address=row_address(say.report, table, first.row, first.column),
    )


def _marks(
    say: Reporter,
    table: BoundTable,
    empty: list[BoundCell],
    values: list[tuple[BoundCell, Filling]],
    related: tuple[Related, ...],
    edits: tuple[Edit, ...],
    address: tuple[str, ...],
    *,
    unknown: bool,
) -> Finding:
    marks = "".join(dict.fromkeys(cell.text.text for cell in empty))
    if values:
        wanted_zh, wanted_en = _wanted(table, values)
    elif unknown:
        wanted_zh, wanted_en = "应填数值", "it should be a number" if len(empty) == 1 else "they should be numbers"
    else:
        wanted_zh, wanted_en = "应填 0", "it should be 0" if len(empty) == 1 else "they should be 0"
    return say(
        "GK303",
        empty[0].span,
        f"{_cells_zh(table, empty)}以符号“{marks}”代替数字，{wanted_zh}",
        f"{_cells_en(table, empty)}: a mark ({marks}) in place of a number; {wanted_en}",
        related=related,
        edits=edits,
        address=address,
    )


def _invalid(say: Reporter, table: BoundTable, cell: BoundCell, analysis: Analysis) -> Finding:
    filling = analysis.filling(_key(table, cell))
    text = _short(cell.text)
    zh = en = ""
    edits: tuple[Edit, ...] = ()
    if filling.value is not None and filling.proven:
        value = cell_text(filling.value, cell, table)
        zh, en = f"；按恒等式应为 {value}", f"; by the identities it should be {value}"
        edits = say.writing(cell.text, value, safe=False)
    if "decimals" in cell.slips:
        return say(
            "GK308",
            cell.span,
            f"{place_name(table, cell, 'zh')}应为整数，写的是“{text}”{zh}",
            f"{place_name(table, cell, 'en')} should be a whole number, it is “{text}”{en}",
            edits=edits,
            address=row_address(say.report, table, cell.row, cell.column),
        )
    return say(
        "GK304",
        cell.span,
        f"{place_name(table, cell, 'zh')}不是数字：“{text}”{zh}",
        f"{place_name(table, cell, 'en')} is not a number: “{text}”{en}",
        edits=edits,
        address=row_address(say.report, table, cell.row, cell.column),
    )


def _short(text: Located, limit: int = 24) -> str:
    return text.text if len(text.text) <= limit else text.text[: limit - 1] + "…"


def _slip(say: Reporter, table: BoundTable, cell: BoundCell, analysis: Analysis) -> Finding:
    """The gravest formal mistake of a readable number; its edit mends all of them."""
    code, zh, en = next(_SLIPS[name] for name in _SLIPS if name in cell.slips)
    assert cell.value is not None
    # Writing the same value plainly is formal; dropping a sign, a decimal or a unit may change what was meant.
    formal = set(cell.slips) <= {"thousands", "full-width"}
    value = cell_text(cell.value, cell, table)
    if cell.type.type == "signed" and cell.text.text[:1] in "+＋" and not value.startswith("-"):
        value = "+" + value
    edits = say.writing(cell.text, value, safe=formal) if formal or cell.slips != ("decimals",) else ()
    if cell.type.decimals is not None and len(value.partition(".")[2]) > cell.type.decimals:
        # What would still have too many decimals mends nothing.
        edits = ()
    text = _short(cell.text)
    return say(
        code,
        cell.span,
        f"{place_name(table, cell, 'zh')}{zh.format(text)}" + (f"，应为 {value}" if edits else ""),
        f"{place_name(table, cell, 'en')}: {en.format(text)}" + (f"; it should be {value}" if edits else ""),
        edits=edits,
        address=row_address(say.report, table, cell.row, cell.column),
    )
