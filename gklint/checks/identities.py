"""GK4xx: identities inside one report, and the wrong cell that breaks them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from gklint.analysis import Analysis, is_hard
from gklint.binding.model import BoundCell, BoundReport
from gklint.binding.values import Exact, exact
from gklint.checks.base import Reporter
from gklint.checks.numbers import cell_text, number_text
from gklint.checks.tables import row_address
from gklint.findings import Edit, Finding, Message, Related, Rule, Severity
from gklint.identities import Form, Instance, Key, Outcome, Status, judge

if TYPE_CHECKING:
    from gklint.localise import Change, Fault

RULES = [
    Rule(
        "GK400",
        "wrong-value",
        Severity.ERROR,
        Message("恒等式指出的错误数值", "a value that the identities show to be wrong"),
        Message(
            "若干恒等式不成立，而改动最少的修正只有一种（或一处笔误，如两格互换，即可解释）：结果标在应改的单元格上，"
            "给出能使全部恒等式成立的值。消息区分“应为”（除此之外没有同样少的改动）与“很可能应为”。"
            "被违反的恒等式列为依据，不再单独报告。同样少的改动有几种时不指认单元格，结果标在合计上并列出可能。",
            "Identities are broken and the smallest repair is the only one of its size, or one slip such as two cells "
            "exchanged explains them: the finding stands on the cell to change and gives the value that lets all "
            "identities hold. The message tells “should be” (no other change of so few cells mends them) from “should "
            "likely be”. The broken identities are its evidence and give no findings of their own. Where several "
            "repairs are as small, no cell is accused: the finding stands on the total and lists them.",
        ),
        fixable="unsafe",
        example=Message(
            "1561 应为 1559：行、列合计都差 2", "1561 should be 1559: its row and its column are both 2 too large"
        ),
    ),
]

MAX_CANDIDATES = 6
"""How many candidates a finding names when it cannot decide between single cells."""
MAX_PAIRS = 2
"""How many it names when each would change several cells."""


def check(report: BoundReport, analysis: Analysis) -> Iterator[Finding]:
    """All findings about identities."""
    if not analysis.broken and not analysis.faults:
        return
    say = Reporter(report, RULES)
    explained: set[int] = set()
    repaired = dict(analysis.values)
    for fault in analysis.faults:
        explained.update(id(name) for name in fault.constraints)
        yield from _fault(say, analysis, fault, repaired)
    for outcome in analysis.broken:
        if id(outcome.instance) in explained:
            continue
        if analysis.faults and not is_hard(outcome.instance):
            again = judge(outcome.instance, repaired, report)
            if again.status is Status.HOLDS:
                # What breaks it is the wrong cell that is named already.
                continue
        yield _broken(say, analysis, outcome)


# --- a fault ----------------------------------------------------------------------------------------------------------


def _fault(say: Reporter, analysis: Analysis, fault: Fault, repaired: dict[Key, Exact]) -> Iterator[Finding]:
    if not _named(fault):
        yield _undecided(say, analysis, fault)
        return
    repair = fault.repairs[0]
    changes = [change for change in repair.changes if analysis.cells[cast(Key, change.key)].value is not None]
    for change in changes:
        if change.value is not None:
            repaired[cast(Key, change.key)] = exact(change.value)
        yield _wrong_value(say, analysis, change, proven=fault.verdict == "proven", alone=len(changes) == 1)


def _named(fault: Fault) -> bool:
    """Whether a finding may stand on the cells of the first repair: it is the only one of its size, or one slip
    explains two cells at once.

    Of several other repairs the likeliest is only the first of the candidates: how a number looks proves little, and a
    finding on the wrong cell would hide the right one.
    """
    if not fault.repairs or fault.verdict == "undecided":
        return False
    if fault.verdict == "proven" or fault.reason == "blanks":
        return True
    return fault.reason == "several" and all(
        change.cause in ("exchanged", "moved") for change in fault.repairs[0].changes
    )


def _wrong_value(say: Reporter, analysis: Analysis, change: Change, *, proven: bool, alone: bool) -> Finding:
    key = cast(Key, change.key)
    cell = analysis.cells[key]
    outcomes = [judge(cast(Instance, name), analysis.values, analysis.report) for name in change.evidence]
    where_zh, where_en = _where(cell)
    written = cell.text.text
    if change.value is not None:
        wanted = cell_text(change.value, cell, analysis.report.table(key[0]))
        sure_zh = "应为" if proven else "很可能应为"
        sure_en = "should be" if proven else "should likely be"
        zh = f"{where_zh}写的是 {written}，{sure_zh} {wanted}"
        en = f"{where_en} is {written} and {sure_en} {wanted}"
    else:
        # What is proven has a value.
        wanted = None
        zh = f"{where_zh}写的是 {written}，很可能有误，但应为何值不能确定"
        en = f"{where_en} is {written}, which is likely wrong; its right value cannot be told"
    if change.cause is not None:
        zh += f"（{_CAUSES[change.cause.value].zh}）"
        en += f" ({_CAUSES[change.cause.value].en})"
    names_zh = "、".join(dict.fromkeys(_identity_name(outcome.instance, "zh") for outcome in outcomes))
    names_en = ", ".join(dict.fromkeys(_identity_name(outcome.instance, "en") for outcome in outcomes))
    zh += f"；改后{names_zh}{'均成立' if len(outcomes) > 1 else '成立'}"
    en += f"; then {names_en} hold{'s' if len(outcomes) == 1 else ''}"
    if not alone:
        zh += "（须与同时报告的其他单元格一并修改）"
        en += " (together with the other cell reported)"
    edits = say.writing(cell.text, wanted, safe=False) if wanted is not None else ()
    return say(
        "GK400",
        cell.span,
        zh,
        en,
        related=_evidence(analysis, outcomes, key),
        edits=edits,
        address=_address(say.report, cell),
        equation=_equations(analysis, outcomes),
    )


_CAUSES = {
    "transposed": Message("像是相邻两位数字颠倒", "two digits look swapped"),
    "doubled": Message("像是多写了一位相同数字", "a digit looks doubled"),
    "inserted": Message("像是多写了一位数字", "a digit too many, it seems"),
    "dropped": Message("像是漏写了一位数字", "a digit looks dropped"),
    "mistyped": Message("像是写错了一位数字", "one digit looks mistyped"),
    "sign": Message("像是正负号有误", "the sign looks wrong"),
    "scaled": Message("像是单位或小数点有误", "the unit or decimal point looks wrong"),
    "copied": Message("与相邻单元格相同，像是抄错", "it is the neighbouring cell's number"),
    "addend": Message(
        "差额恰为另一个数，像是漏计或重计", "it is off by exactly another number, left out or counted twice"
    ),
    "exchanged": Message("像是与相邻单元格互换", "it looks exchanged with its neighbour"),
    "moved": Message("像是填错了相邻的列", "it looks set in the neighbouring column"),
    "blank": Message("空格不为 0", "a blank that is not 0"),
}

_REASONS = {
    "several": Message("有多种同样少的改动都能使其成立", "several changes of so few cells would mend it"),
    "blanks": Message("空格可能另有数值，不能排除其他解释", "blanks might hold values, so other explanations remain"),
    "large": Message("至少要改动三个单元格", "at least three cells would have to change"),
    "search": Message("涉及的单元格过多，未能逐一排查", "too many cells are involved to look at every repair"),
    "impossible": Message("改动单元格也不能使其成立", "no change of cells can mend it"),
}


def _undecided(say: Reporter, analysis: Analysis, fault: Fault) -> Finding:
    """Broken identities of which no cell can be named: on the total of the first, with candidates and the reason."""
    # They are broken with blanks taken as what the form says, so that is how they are shown.
    analysis = analysis.as_written()
    broken = [judge(cast(Instance, name), analysis.values, analysis.report) for name in fault.constraints]
    shown = next((outcome for outcome in broken if outcome.status is Status.BROKEN), broken[0])
    candidates = _candidates(analysis, fault)
    reason = _REASONS.get(fault.reason.value)
    zh = en = ""
    if candidates:
        likely = fault.verdict == "likely"
        zh = (
            "；可能有误的单元格"
            + ("（最像笔误的在前）：" if likely else "：")
            + "、".join(text.zh for text in candidates)
        )
        en = "; candidates" + (", the likeliest slip first: " if likely else ": ") + ", ".join(t.en for t in candidates)
    if reason is not None:
        zh += f"（{reason.zh}，不能断定）"
        en += f" ({reason.en}, so it cannot be decided)"
    others = [outcome for outcome in broken if outcome is not shown and outcome.status is Status.BROKEN]
    if others:
        zh += f"；另有{len(others)}个恒等式同时不成立"
        en += f"; {len(others)} more identit{'ies are' if len(others) > 1 else 'y is'} broken with it"
    return _broken(say, analysis, shown, zh, en, others, _likely_edits(say, analysis, fault))


def _likely_edits(say: Reporter, analysis: Analysis, fault: Fault) -> tuple[Edit, ...]:
    """The edits of the likeliest repair, never safe ones; none where no repair is likelier than the others."""
    if fault.verdict != "likely" or not fault.repairs:
        return ()
    edits: list[Edit] = []
    for change in fault.repairs[0].changes:
        if change.value is None:
            return ()
        key = cast(Key, change.key)
        cell = analysis.cells[key]
        edits.extend(say.writing(cell.text, cell_text(change.value, cell, analysis.report.table(key[0])), safe=False))
    return tuple(edits)


def _candidates(analysis: Analysis, fault: Fault) -> list[Message]:
    """The smallest repairs in words, the most plausible first; of repairs with several cells only a few."""
    texts: dict[str, Message] = {}
    limit = MAX_CANDIDATES if all(len(repair.changes) == 1 for repair in fault.repairs) else MAX_PAIRS
    for repair in fault.repairs:
        parts_zh, parts_en = [], []
        for change in repair.changes:
            key = cast(Key, change.key)
            cell = analysis.cells[key]
            value = cell_text(change.value, cell, analysis.report.table(key[0])) if change.value is not None else "?"
            where_zh, where_en = _where(cell)
            parts_zh.append(f"{where_zh}（第{cell.span.line}行）{cell.text.text or '空格'}→{value}")
            parts_en.append(f"{where_en} (line {cell.span.line}) {cell.text.text or 'blank'} → {value}")
        texts[" ".join(parts_en)] = Message("与".join(parts_zh), " with ".join(parts_en))
    shown = list(texts.values())
    if len(shown) > limit:
        rest = len(shown) - limit
        shown = [*shown[:limit], Message(f"另有{rest}种可能", f"{rest} more")]
    return shown


# --- an identity by itself --------------------------------------------------------------------------------------------


def _broken(
    say: Reporter,
    analysis: Analysis,
    outcome: Outcome,
    more_zh: str = "",
    more_en: str = "",
    others: list[Outcome] | None = None,
    edits: tuple[Edit, ...] = (),
) -> Finding:
    instance = outcome.instance
    identity = instance.identity
    cell = analysis.cells[_subject(analysis, instance)]
    message = _filled(analysis, outcome)
    return say(
        identity.code,
        analysis.cells[_standing(analysis, instance)].span,
        message.zh + more_zh,
        message.en + more_en,
        related=_evidence(analysis, [outcome, *(others or [])], _standing(analysis, instance)),
        edits=edits,
        address=_address(say.report, cell),
        equation=_equations(analysis, [outcome, *(others or [])]),
        name=identity.name,
        severity=identity.severity,
    )


def _subject(analysis: Analysis, instance: Instance) -> Key:
    """The cell that an identity is about; if that row is optional and left out, the first of the identity's cells."""
    return next(key for key in (instance.subject, *instance.keys) if key in analysis.cells)


def _standing(analysis: Analysis, instance: Instance) -> Key:
    """The cell that a finding stands on: the subject or, if that is nothing that could be wrong (0 in
    ``sum(...) == 0``), the first that is."""
    if instance.identity.each is None and not analysis.values.get(instance.subject):
        filled = [key for key in instance.keys if key in analysis.cells and analysis.values.get(key)]
        if filled:
            return filled[0]
    return _subject(analysis, instance)


def _filled(analysis: Analysis, outcome: Outcome) -> Message:
    """The pack's message with its placeholders filled in."""
    instance = outcome.instance
    left, right = _number(outcome.left), _number(outcome.right)
    node = instance.node
    cell = analysis.cells[_subject(analysis, instance)]
    table = analysis.report.table(instance.subject[0])
    equation = _equation(analysis, outcome)
    texts = []
    for lang in ("zh", "en"):
        values = {
            "column": (node if instance.identity.each == "column" and node else cell.column).label.text,
            "row": (node if instance.identity.each == "row" and node else cell.row).label.text,
            "table": table.spec.title.in_language(lang) if table is not None else "",
            "left": number_text(left),
            "right": number_text(right),
            "difference": number_text(_magnitude(left - right)),
            "equation": equation,
            "cell": cell.text.text,
            "value": number_text(_number(analysis.values.get(instance.subject))),
        }
        text = instance.identity.message.in_language(lang)
        for name, value in values.items():
            text = text.replace("{" + name + "}", value)
        texts.append(text)
    return Message(*texts)


def _magnitude(value: Exact) -> Exact:
    return -value if value < 0 else value


def _number(value: Exact | None) -> Exact:
    return 0 if value is None else value


def _identity_name(instance: Instance, lang: str) -> str:
    identity = instance.identity
    name = identity.title.in_language(lang) if identity.title is not None else identity.name
    if instance.node is not None:
        where = instance.node.label.text
        return f"“{where}”的{identity.code}（{name}）" if lang == "zh" else f"{identity.code} at “{where}” ({name})"
    return f"{identity.code}（{name}）" if lang == "zh" else f"{identity.code} ({name})"


def _where(cell: BoundCell) -> tuple[str, str]:
    row, column = cell.row.label.text, cell.column.label.text
    return f"“{row}”行“{column}”", f"row “{row}”, column “{column}”"


def _address(report: BoundReport, cell: BoundCell) -> tuple[str, ...]:
    for table in report.tables:
        row = table.rows.get(cell.row.path)
        if row is not None and row.cells.get(cell.column.path) is cell:
            return row_address(report, table, cell.row, cell.column)
    return ()


def _evidence(analysis: Analysis, outcomes: list[Outcome], subject: Key) -> tuple[Related, ...]:
    """The other cells of the identities, each with its number; zeros only where the sum would be unclear without."""
    seen: dict[Key, None] = {}
    for outcome in outcomes:
        for key in outcome.instance.keys:
            if key != subject:
                seen.setdefault(key)
    related: list[Related] = []
    for key in seen:
        cell = analysis.cells.get(key)
        if cell is None or (not analysis.values.get(key) and len(seen) > 8):
            continue
        where_zh, where_en = _where(cell)
        if not cell.text.text and analysis.filling(key).value is None:
            related.append(Related(cell.span, Message(f"{where_zh}：空格", f"{where_en}: blank")))
            continue
        value = cell_text(analysis.values[key], cell, analysis.report.table(key[0])) if key in analysis.values else "?"
        related.append(Related(cell.span, Message(f"{where_zh}：{value}", f"{where_en}: {value}")))
    return tuple(related)


def _equations(analysis: Analysis, outcomes: list[Outcome]) -> Message:
    lines = [_equation(analysis, outcome) for outcome in outcomes if outcome.left is not None]
    text = "\n".join(lines)
    return Message(text, text)


_NEGATED = {"==": "≠", "<=": ">", ">=": "<", "<": "≥", ">": "≤", "!=": "="}
_SHOWN = {"==": "=", "<=": "≤", ">=": "≥", "!=": "≠"}


def _equation(analysis: Analysis, outcome: Outcome) -> str:
    """An identity written out with its numbers: ``72 + 1 = 73 ≠ 74 = 70 + 4``."""
    instance = outcome.instance
    operator = instance.identity.holds.operator
    sign = _NEGATED[operator] if outcome.status is Status.BROKEN else _SHOWN.get(operator, operator)
    left = _side(analysis, instance.left, outcome.left)
    right = _side(analysis, instance.right, outcome.right)
    left_value, right_value = number_text(_number(outcome.left)), number_text(_number(outcome.right))
    left_text = left_value if left in (None, left_value) else f"{left} = {left_value}"
    right_text = right_value if right in (None, right_value) else f"{right_value} = {right}"
    return f"{left_text} {sign} {right_text}"


def _side(analysis: Analysis, form: Form | None, value: Exact | None) -> str | None:
    """One side as a sum of its numbers, zeros left out where there is anything else; None if it is not linear."""
    if form is None or value is None:
        return None
    parts: list[tuple[Exact, str]] = []
    for key, factor in form[0].items():
        number = analysis.values[key]
        if number == 0 and len(form[0]) > 2:
            continue
        shown = number_text(_magnitude(number))
        if factor not in (1, -1):
            shown = f"{number_text(_magnitude(factor))} × {shown}"
        parts.append((factor * (-1 if number < 0 else 1), shown))
    if form[1]:
        parts.append((form[1], number_text(_magnitude(form[1]))))
    if not parts:
        return number_text(value)
    text = ("-" if parts[0][0] < 0 else "") + parts[0][1]
    for factor, shown in parts[1:]:
        text += f" {'-' if factor < 0 else '+'} {shown}"
    return text
