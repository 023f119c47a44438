"""Sentences for reports of places that do not exist, numbers and turns of phrase that mislead included."""

from __future__ import annotations

from random import Random

PREFACE = (
    "本报告依照《中华人民共和国政府信息公开条例》的要求编制。",
    "本报告由总体情况、主动公开政府信息情况等六部分组成，如有疑问请与编制单位联系，电话：000-5550123。",
)
PERIOD = "本报告中所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"

OVERVIEW_HEADS = (
    "主动公开做实做细",
    "依申请公开规范有序",
    "政府信息管理日趋完善",
    "公开平台建设稳步推进",
    "监督保障落到实处",
)

OVERVIEW = (
    (
        "全年围绕河道整治、老旧管网改造等民生事项发布各类信息412条，其中图文解读18条。",
        "公开了养老托育领域一件典型案例，让群众看得懂、找得到。",
        "落实会议公开，邀请居民代表列席讨论供水方案的会议3次。",
    ),
    (
        "修订答复文书样式，逐件登记、逐件审核，与申请人充分沟通。",
        "全年新收政府信息公开申请{new}件，上年结转{carried_in}件，结转下年度继续办理{carried_out}件。",
        "建立会商制度，疑难申请由法制人员提前介入。",
    ),
    (
        "对历年文件重新编目，确定公开属性后统一归档。",
        "文件起草时即填写公开属性，不予公开的说明理由。",
    ),
    (
        "热线全年接听来电169件，按时办结率保持平稳。",
        "办理人大代表建议247件、政协委员提案33件，均已答复。",
        "门户网站适老化改造完成，留言板办结留言52条。",
    ),
    (
        "举办业务培训2期，参训76人次；上半年开展抽查1次，发现的5处问题均已改正。",
        "把公开工作列入年度考核，占比4分；未发生责任追究情形。",
    ),
)

LEAD_APPLICATIONS = (
    "本年度申请办理情况见下表。",
    "各类申请均在法定期限内办理，具体数据如下。",
)
LEAD_LITIGATION = ("复议和诉讼情况见下表。", "本机关认真配合复议、诉讼案件的审理，情况如下：")

PROBLEM_HEADS = ("存在的主要问题", "改进措施")
PROBLEMS = (
    ("一是部分栏目更新不够及时；二是解读形式较为单一，图表运用偏少。", "个别单位对公开属性的把握还不够准确。"),
    ("一是每月检查栏目更新；二是组织经验交流，推广好的做法。", "下一步将完善文件公开属性的复核流程，补齐短板。"),
)

OTHER = ("无其他需要报告的事项。", "无。", "本年度没有其他需要报告的事项。")
UNPAID_NOTICE = "本年度有{unpaid}件申请因申请人未按收费通知缴纳费用而不再处理。"

CHROME_BEFORE = (
    "无障碍阅读 网站地图",
    "当前位置：首页 > 政务公开 > 政府信息公开年报",
    "  • 发布时间：{published}-01-20 10:30",
    "字号：大 中 小",
)
CHROME_AFTER = (
    "主办：澜州信息中心 版权所有© 未经许可不得转载",
    "网站标识码：0000000000 备案号：澜ICP备00000000号-1",
)


def pick(rng: Random, sentences: tuple[str, ...], least: int = 1) -> str:
    """A paragraph of at least ``least`` of the sentences, in their order."""
    count = rng.randint(least, len(sentences))
    return "".join(sentences[index] for index in sorted(rng.sample(range(len(sentences)), count)))
