"""GK1xx: the report's title, its sections and the numbered headings below them."""

from __future__ import annotations

from collections.abc import Iterator

from gklint.binding.labels import fold
from gklint.binding.model import BoundReport, BoundSection
from gklint.binding.sections import wanted_number
from gklint.checks.base import Reporter
from gklint.checks.moves import move_section
from gklint.checks.subheadings import check_subheadings
from gklint.documents.model import Located
from gklint.findings import Finding, Message, Related, Rule, Severity
from gklint.numbering import parse_ordinal

RULES = [
    Rule(
        "GK101",
        "section-missing",
        Severity.ERROR,
        Message("缺少章节", "a section is missing"),
        Message(
            "格式要求的章节在报告中找不到标题。结果标在应当出现的位置：后一章节的标题处，或全文最后一行。",
            "A section that the form asks for has no heading in the report. The finding stands where it should have "
            "been: on the heading that follows in the form's order, or on the last line.",
        ),
        example=Message("第四部分之后直接是第六部分", "the report goes from section four to section six"),
    ),
    Rule(
        "GK102",
        "section-order",
        Severity.ERROR,
        Message("章节顺序不对", "a section stands out of order"),
        Message(
            "章节都在，但顺序与格式不同。只标出移动最少的章节，使其余章节保持原位即可恢复次序。",
            "The sections are there but not in the form's order. Only the fewest sections whose move restores the "
            "order are named.",
        ),
        fixable="unsafe",
        example=Message("“四、”写在“三、”之前", "section 四 comes before section 三"),
    ),
    Rule(
        "GK103",
        "section-title",
        Severity.ERROR,
        Message("章节标题有误", "a section's title is wrong or damaged"),
        Message(
            "标题与格式规定的标题（及可接受的写法）不同：错字、漏字、多字或另拟标题。空格、标点及全半角差异不计。",
            "The title is neither the form's nor an accepted variant: wrong, lost or added characters, or another "
            "title. White space, punctuation and width do not count.",
        ),
        fixable="safe",
        example=Message("标题中“需要”误作“需求”", "one character of the title is wrong"),
    ),
    Rule(
        "GK104",
        "section-number",
        Severity.ERROR,
        Message("章节序号有误", "a section's number is wrong, missing or written in another style"),
        Message(
            "章节标题前的序号缺失、数值不对，或写法与格式不同（如以“1、”代替“一、”）。前面缺少章节时，按现有顺序连续编号不再另报。",
            "The number in front of the title is missing, has another value or another style (1、 for 一、). Where a "
            "section before it is missing or moved, consecutive numbers are not reported again.",
        ),
        fixable="safe",
        example=Message("“1、”应为“一、”", "1、 stands for 一、"),
    ),
    Rule(
        "GK105",
        "section-empty",
        Severity.ERROR,
        Message("章节没有内容", "nothing stands under a section's heading"),
        Message(
            "标题之下没有任何文字或表格。没有内容可报告时也应写“无”。",
            "There is neither text nor a table below the heading. A section without anything to report still says so "
            "(无).",
        ),
        example=Message("最后一节的标题之后即为文末", "the report ends with the heading of its last section"),
    ),
    Rule(
        "GK106",
        "section-duplicate",
        Severity.ERROR,
        Message("章节重复", "a section's heading stands there twice"),
        Message(
            "同一章节的标题出现两次以上。目录不计。",
            "The same section has two headings or more. A table of contents does not count.",
        ),
        example=Message("第二部分有两个标题", "section two has two headings"),
    ),
    Rule(
        "GK107",
        "subsection-number",
        Severity.ERROR,
        Message("小标题序号不连续", "the numbers of sub-headings skip, repeat or are lost"),
        Message(
            "章节内（一）（二）……各小标题的序号跳号、重号或缺失。句中引用的序号不计；分组后重新从（一）编号是允许的。",
            "The bracketed numbers of the headings within a section skip a number, give one twice, or one is damaged. "
            "Numbers in the middle of a sentence do not count; beginning again with （一） under a new group is "
            "allowed.",
        ),
        fixable="unsafe",
        example=Message("（一）（二）之后是（四）", "（二） is followed by （四）"),
    ),
    Rule(
        "GK108",
        "report-title",
        Severity.WARNING,
        Message("报告标题有误", "the report's title is damaged"),
        Message(
            "文首带年份的标题与规定名称仅差一两字，疑为错漏。没有标题不报。",
            "The title at the top, with its year, differs from the form's by a character or two. A report without a "
            "title is not reported.",
        ),
        example=Message("标题末尾“年度报告”误作“告年度报”", "two words of the title are exchanged"),
    ),
]


def check(report: BoundReport) -> Iterator[Finding]:
    """All findings about title, sections and sub-headings."""
    say = Reporter(report, RULES)
    if not report.title_right and report.title is not None and report.pack.title_text is not None:
        text = report.pack.title_text.text
        yield say(
            "GK108",
            report.title.span(),
            f"报告标题“{_short(report.title)}”有误，应为“……{text}”",
            f"the report's title “{_short(report.title)}” is damaged: it should end in “{text}”",
        )
    for section in report.sections:
        if section.heading is None:
            if not section.spec.optional:
                yield _missing(say, section)
        else:
            yield from _heading(say, section, section.heading)
        if section.subheadings:
            yield from check_subheadings(say, section, official(section))


def _short(text: Located, limit: int = 40) -> str:
    return text.text if len(text.text) <= limit else text.text[: limit - 1] + "…"


def official(section: BoundSection) -> str:
    """The heading as the form prints it."""
    return printed_number(section) + section.spec.title.text


def printed_number(section: BoundSection) -> str:
    """The section's number with what stands between it and the title: a space where the number is ASCII (``II. ``)."""
    number = wanted_number(section.spec) or ""
    return number + " " if number.isascii() and number else number


def _missing(say: Reporter, section: BoundSection) -> Finding:
    name = official(section)
    return say(
        "GK101",
        section.place,
        f"缺少章节“{name}”",
        f"section “{name}” is missing",
        address=(name,),
    )


def _heading(say: Reporter, section: BoundSection, heading: Located) -> Iterator[Finding]:
    if section.number_right and section.title_right and not (section.moved or section.repeats or section.empty):
        return
    name = official(section)
    number_wrong = not section.number_right
    if not section.title_right and section.title is not None:
        yield _title(say, section, section.title, name, number_wrong)
    elif number_wrong:
        yield _number(say, section, heading, name)
    if section.moved:
        yield say(
            "GK102",
            heading.span(),
            f"章节“{_short(heading)}”的位置不对，格式规定的顺序为：{_order(say.report)}",
            f"section “{_short(heading)}” is out of order; the form's order is: {_order(say.report)}",
            edits=move_section(say.report, section),
            address=(name,),
        )
    for repeat in section.repeats:
        yield say(
            "GK106",
            repeat.span(),
            f"章节“{name}”重复出现，另一处在第{heading.line}行",
            f"section “{name}” is there twice, also on line {heading.line}",
            related=(Related(heading.span(), Message("另一处", "the other one")),),
            address=(name,),
        )
    if section.empty and section.spec.body:
        yield say(
            "GK105",
            heading.span(),
            f"章节“{name}”没有内容",
            f"section “{name}” has nothing under its heading",
            address=(name,),
        )


def _order(report: BoundReport) -> str:
    return " ".join(official(section) for section in report.sections)


def _title(say: Reporter, section: BoundSection, title: Located, name: str, number_wrong: bool) -> Finding:
    """A wrong title; a number that is wrong as well is the same damaged heading, mended by the same edit."""
    wanted = section.spec.title.text
    assert section.heading is not None
    if number_wrong:
        return say(
            "GK103",
            section.heading.span(),
            f"章节标题“{_short(section.heading)}”应为“{name}”",
            f"the heading “{_short(section.heading)}” should be “{name}”",
            edits=say.writing(section.heading, name, safe=_certain(title.text, section)),
            address=(name,),
        )
    return say(
        "GK103",
        title.span(),
        f"章节标题“{_short(title)}”应为“{wanted}”",
        f"the title “{_short(title)}” should be “{wanted}”",
        edits=say.writing(title, wanted, safe=_certain(title.text, section)),
        address=(name,),
    )


def _certain(text: str, section: BoundSection) -> bool:
    """Whether a title is so close to the form's that only it can be meant, and no text behind it would be lost."""
    from gklint.binding.labels import likeness, spellings

    folded = fold(text)
    return likeness(folded, section.spec.title) >= 0.75 and not folded.startswith(spellings(section.spec.title))


def _number(say: Reporter, section: BoundSection, heading: Located, name: str) -> Finding:
    wanted = wanted_number(section.spec) or ""
    ordinal = parse_ordinal(heading.text[:24])
    length = ordinal.length if ordinal is not None else 0
    if ordinal is None:
        return say(
            "GK104",
            heading.span(0, min(1, len(heading.text))),
            f"章节标题“{_short(heading)}”缺少序号“{wanted}”",
            f"the heading “{_short(heading)}” lacks its number {wanted}",
            edits=say.writing(heading[0:0], printed_number(section), safe=True),
            address=(name,),
        )
    return say(
        "GK104",
        heading.span(0, len(ordinal.text)),
        f"章节序号“{ordinal.text}”应为“{wanted}”：{name}",
        f"the section's number {ordinal.text} should be {wanted}: {name}",
        edits=say.writing(heading[0:length], printed_number(section), safe=True),
        address=(name,),
    )
