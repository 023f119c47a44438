"""The two official forms as trees of labels, written from the forms themselves.

A row's or column's key is the labels from the top joined by ``/``, as the form prints them, whatever a layout makes of
them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Label:
    """A label of the form with the labels below it."""

    text: str
    children: list[Label] = field(default_factory=list)

    def leaves(self, above: str = "") -> Iterator[str]:
        """The keys of the labels that carry values."""
        key = f"{above}/{self.text}" if above else self.text
        if not self.children:
            yield key
        for child in self.children:
            yield from child.leaves(key)


def _labels(*texts: str | Label) -> list[Label]:
    return [text if isinstance(text, Label) else Label(text) for text in texts]


@dataclass(slots=True)
class TableForm:
    """One table: its caption and corner as printed, its head and its rows."""

    id: str
    section: str
    caption: str | None
    corner: str | None
    columns: list[Label]
    rows: list[Label]
    kinds: dict[str, str] = field(default_factory=dict)
    """The columns that hold something else than a count: ``signed`` or ``amount``."""
    over: str | None = None
    """A head above all columns that does not belong to any of them."""

    def row_keys(self) -> list[str]:
        return [key for row in self.rows for key in row.leaves()]

    def column_keys(self) -> list[str]:
        return [key for column in self.columns for key in column.leaves()]


@dataclass(slots=True)
class Form:
    """A form: the years that it is for, its sections (number and title), its tables."""

    id: str
    years: tuple[int, ...]
    sections: list[tuple[str, str]]
    tables: list[TableForm]

    def table(self, table_id: str) -> TableForm:
        return next(table for table in self.tables if table.id == table_id)


TITLE = "政府信息公开工作年度报告"

SECTIONS = [
    ("一", "总体情况"),
    ("二", "主动公开政府信息情况"),
    ("三", "收到和处理政府信息公开申请情况"),
    ("四", "政府信息公开行政复议、行政诉讼情况"),
    ("五", "存在的主要问题及改进情况"),
    ("六", "其他需要报告的事项"),
]

NEW = "一、本年新收政府信息公开申请数量"
CARRIED_IN = "二、上年结转政府信息公开申请数量"
OUTCOME = "三、本年度办理结果"
CARRIED_OUT = "四、结转下年度继续办理"
TOTAL_ROW = OUTCOME + "/（七）总计"
TOTAL = "总计"
UNPAID = OUTCOME + "/（六）其他处理/2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"

_APPLICANTS = _labels(
    "自然人",
    Label("法人或其他组织", _labels("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")),
    TOTAL,
)

_REFUSED = Label(
    "（三）不予公开",
    _labels(
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
        "3.危及“三安全一稳定”",
        "4.保护第三方合法权益",
        "5.属于三类内部事务信息",
        "6.属于四类过程性信息",
        "7.属于行政执法案卷",
        "8.属于行政查询事项",
    ),
)
_IMPOSSIBLE = Label(
    "（四）无法提供",
    _labels("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"),
)
_NOT_HANDLED = Label(
    "（五）不予处理",
    _labels(
        "1.信访举报投诉类申请",
        "2.重复申请",
        "3.要求提供公开出版物",
        "4.无正当理由大量反复申请",
        "5.要求行政机关确认或重新出具已获取信息",
    ),
)
_OTHER_2021 = Label(
    "（六）其他处理",
    _labels(
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "3.其他",
    ),
)


def _applications(other: Label) -> TableForm:
    outcome = Label(
        OUTCOME,
        _labels(
            "（一）予以公开",
            "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
            _REFUSED,
            _IMPOSSIBLE,
            _NOT_HANDLED,
            other,
            "（七）总计",
        ),
    )
    return TableForm(
        "three",
        "三",
        None,
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        _APPLICANTS,
        _labels(NEW, CARRIED_IN, outcome, CARRIED_OUT),
        over="申请人情况",
    )


RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", TOTAL)

_LITIGATION = TableForm(
    "four",
    "四",
    None,
    None,
    _labels(*RESULTS),
    _labels("行政复议", Label("行政诉讼", _labels("未经复议直接起诉", "复议后起诉"))),
)


def _item(
    number: str, columns: tuple[str, ...], rows: tuple[str, ...], kinds: dict[str, str] | None = None
) -> TableForm:
    return TableForm(
        f"two-{number}", "二", f"第二十条第（{number}）项", "信息内容", _labels(*columns), _labels(*rows), kinds or {}
    )


_CHANGE = "本年增/减"
_ITEMS_2019 = ("上一年项目数量", _CHANGE, "处理决定数量")
_FEE_2021 = "本年收费金额（单位：万元）"

FORMS: dict[str, Form] = {
    "2019": Form(
        "2019",
        (2019, 2020),
        SECTIONS,
        [
            _item("一", ("本年新制作数量", "本年新公开数量", "对外公开总数量"), ("规章", "规范性文件")),
            _item("五", _ITEMS_2019, ("行政许可", "其他对外管理服务事项"), {_CHANGE: "signed"}),
            _item("六", _ITEMS_2019, ("行政处罚", "行政强制"), {_CHANGE: "signed"}),
            _item("八", ("上一年项目数量", _CHANGE), ("行政事业性收费",), {_CHANGE: "signed"}),
            _item("九", ("采购项目数量", "采购总金额"), ("政府集中采购",), {"采购总金额": "amount"}),
            _applications(Label("（六）其他处理")),
            _LITIGATION,
        ],
    ),
    "2021": Form(
        "2021",
        (2021, 2022, 2023, 2024, 2025),
        SECTIONS,
        [
            _item("一", ("本年制发件数", "本年废止件数", "现行有效件数"), ("规章", "行政规范性文件")),
            _item("五", ("本年处理决定数量",), ("行政许可",)),
            _item("六", ("本年处理决定数量",), ("行政处罚", "行政强制")),
            _item("八", (_FEE_2021,), ("行政事业性收费",), {_FEE_2021: "amount"}),
            _applications(_OTHER_2021),
            _LITIGATION,
        ],
    ),
}
