"""``docs/rules``: a page for each code, from the catalogue of checks and the identities of the packs, and a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from gklint.findings import Rule
from gklint.packs.model import Condition, Identity, Pack
from tools.docgen import GENERATED

FAMILIES = {
    "GK0": ("the run itself", "运行"),
    "GK1": ("sections", "各部分"),
    "GK2": ("tables", "表格"),
    "GK3": ("cells", "单元格"),
    "GK4": ("identities inside one report", "勾稽关系"),
    "GK5": ("narrative", "文字与表格"),
    "GK6": ("series and roll-up", "跨年与汇总"),
    "GK7": ("wording", "用语"),
}

FIXABLE = {
    "no": "no",
    "safe": "yes",
    "unsafe": "with `--unsafe-fixes`",
    "both": "yes, some with `--unsafe-fixes`",
}

Uses = list[tuple[Pack, Identity]]
"""The identities that share a code, each with its pack."""


def pages(catalogue: Mapping[str, Rule], packs: Iterable[Pack]) -> dict[str, str]:
    """Every page of ``docs/rules`` by its path."""
    uses: dict[str, Uses] = {}
    for pack in sorted(packs, key=lambda pack: pack.id):
        for identity in pack.identities:
            uses.setdefault(identity.code, []).append((pack, identity))
    codes = sorted({*catalogue, *uses})
    written = {f"docs/rules/{code}.md": _page(code, catalogue.get(code), uses.get(code, [])) for code in codes}
    written["docs/rules/README.md"] = _index(codes, catalogue, uses)
    return written


def _page(code: str, rule: Rule | None, uses: Uses) -> str:
    lines = [f"# {code} {rule.name if rule else uses[0][1].name}", "", GENERATED, ""]
    if rule:
        lines += [f"- severity: {rule.severity.label}", f"- mended by `--fix`: {FIXABLE[rule.fixable]}", ""]
        lines += [_visible(rule.summary.en), "", _visible(rule.explanation.en), ""]
        lines += ["## 中文", "", _visible(rule.summary.zh), "", _visible(rule.explanation.zh), ""]
        if rule.example:
            lines += ["## Example", "", *_fenced(rule.example.zh)]
            if rule.example.en != rule.example.zh:
                lines += _fenced(rule.example.en)
    for pack, identity in uses:
        lines += _use(pack, identity)
    return "\n".join(lines).rstrip() + "\n"


def _visible(text: str) -> str:
    """A text with its comments shown: as they stand, Markdown would swallow them."""
    return re.sub(r"<!--.*?-->", r"`\g<0>`", text)


def _fenced(text: str) -> list[str]:
    return ["```text", *text.rstrip("\n").split("\n"), "```", ""]


def _use(pack: Pack, identity: Identity) -> list[str]:
    """What a code means in one pack."""
    lines = [f"## {identity.name} in the pack `{pack.id}`", ""]
    if identity.title:
        lines += [f"{identity.title.en} · {identity.title.zh}", ""]
    lines += _fenced(identity.holds.text)
    lines.append(f"- severity: {identity.severity.label}")
    if identity.table:
        table = pack.table(identity.table)
        lines.append(f"- table: {table.title.en} · {table.title.zh}")
    if identity.each:
        over = f" of {', '.join(f'`{path}`' for path in identity.over)}" if identity.over else ""
        lines.append(f"- for each {identity.each}{over}")
    if identity.when:
        lines.append(f"- only where {_condition(identity.when)}")
    if identity.source or pack.source:
        lines.append(f"- source: {identity.source or pack.source}")
    return [*lines, "- message:", f"  - {identity.message.zh}", f"  - {identity.message.en}", ""]


def _condition(condition: Condition) -> str:
    parts = [f"{name} is {' or '.join(values)}" for name, values in condition.facts]
    if condition.years:
        parts.append(f"the year is within {condition.years}")
    return " and ".join(parts)


def _index(codes: list[str], catalogue: Mapping[str, Rule], uses: Mapping[str, Uses]) -> str:
    lines = ["# Rules", "", GENERATED, ""]
    lines += [
        "A code never changes its meaning; its name can be written wherever the code can. `gklint rule CODE` shows the",
        "same text on the command line. The last column names the packs that define the rule; where it is empty, it",
        "holds for every pack.",
    ]
    for family, (english, chinese) in FAMILIES.items():
        members = [code for code in codes if code.startswith(family)]
        if members:
            lines += ["", f"## {family}xx: {english} · {chinese}", ""]
            lines += ["| code | name | severity | `--fix` | what it finds | 说明 | packs |", "|" + " --- |" * 7]
            lines += [_row(code, catalogue.get(code), uses.get(code, [])) for code in members]
    return "\n".join(lines) + "\n"


def _row(code: str, rule: Rule | None, uses: Uses) -> str:
    packs = ", ".join(dict.fromkeys(f"`{pack.id}`" for pack, _ in uses))
    if rule:
        name, severity, fix, says = rule.name, rule.severity, FIXABLE[rule.fixable], rule.summary
    else:
        identity = uses[0][1]
        name, severity, fix = identity.name, max(identity.severity for _, identity in uses), "no"
        says = identity.title or identity.message
    cells = [f"[{code}]({code}.md)", name, severity.label, fix, says.en, says.zh, packs]
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"
