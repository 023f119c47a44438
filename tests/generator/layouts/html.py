"""HTML: tables with spans, and whole published pages around them."""

from __future__ import annotations

from ..draft import Draft, Options, Sheet
from ..grid import Grid, Slot, combined, whole
from ..writer import PlaceKey, Writer
from .flow import write_report

_ENTITIES = {"“": "&ldquo;", "”": "&rdquo;", "（": "&#65288;", "》": "&#x300B;"}
_NAVIGATION = ("首页", "政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开")


def write_html(draft: Draft, options: Options, writer: Writer) -> None:
    """A page as a government site publishes it; ``style`` varies wrapping, entities and the layout table around it."""
    charset = "gb2312" if options.encoding == "gb18030" else "utf-8"
    name = "".join(draft.title) or "政府信息公开年报"
    for line in (
        "<!DOCTYPE html>",
        '<html lang="zh-CN">',
        "<head>",
        f'<meta charset="{charset}">'
        if options.style % 2
        else f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">',
        f"<title>{name}-澜州信息公开网</title>",
        "<style>td { border: 1px solid #000; } /* <td>7</td> */</style>",
        "<script>if (1 < 2) { document.write('<table><tr><td>8</td></tr></table>'); }</script>",
        "</head>",
        "<body>",
        '<div class="nav"><ul>',
    ):
        writer.line(line)
    for item in _NAVIGATION:
        writer.line(f'<li><a href="#">{item}</a></li>')
    writer.line("</ul></div>")
    nested = options.style % 3 == 1
    if nested:
        writer.line('<table width="1000" align="center"><tr><td class="side">&nbsp;</td><td>')
    for line in draft.chrome_before:
        writer.line(f"<p>{line.strip().replace('>', '&gt;')}</p>")
    writer.line('<div class="article">')
    write_report(draft, _Page(options, writer))
    writer.line("</div>")
    if nested:
        writer.line("</td></tr></table>")
    writer.line('<div class="footer">')
    for line in draft.chrome_after:
        writer.line(f"<p>{line.replace('©', '&copy;')}</p>")
    for line in ("</div>", "</body>", "</html>"):
        writer.line(line)


class _Page:
    def __init__(self, options: Options, writer: Writer) -> None:
        self.options = options
        self.writer = writer

    def title(self, lines: list[str]) -> None:
        if self.options.style % 2:
            self.writer.put("<h1>")
            for number, line in enumerate(lines):
                self.writer.put("<br>" if number else "")
                self.writer.put(line, ("title",))
            self.writer.line("</h1>")
        else:
            for line in lines:
                self._wrap('<p style="text-align: center">', line, "</p>", ("title",))

    def heading(self, text: str, key: PlaceKey) -> None:
        match self.options.heading:
            case "atx":
                self._wrap("<h2>", text, "</h2>", key)
            case "setext":
                self._wrap('<h3 class="t">\n  ', text, "\n</h3>", key)
            case "bold":
                self._wrap("<p><strong>", text, "</strong></p>", key)
            case _:
                self._wrap("<p>&nbsp;&nbsp;", text, "</p>", key)

    def subheading(self, text: str, key: PlaceKey) -> None:
        self._wrap("<p>&emsp;&emsp;", text, "</p>", key)

    def paragraph(self, text: str, key: PlaceKey | None) -> None:
        self._wrap("<p>", text, "</p>", key)

    def proactive(self, sheets: list[Sheet]) -> None:
        write_table(combined(sheets), self.writer, self.options)

    def table(self, sheet: Sheet) -> None:
        write_table(whole(sheet, self.options.four), self.writer, self.options)

    def _wrap(self, before: str, text: str, after: str, key: PlaceKey | None) -> None:
        self.writer.put(before)
        self.writer.put(text, key)
        self.writer.line(after)


def write_table(shape: Grid, writer: Writer, options: Options) -> None:
    """A table with its spans; ``style`` varies where lines end and what stands inside a cell."""
    compact = options.style % 2 == 1
    writer.line('<table border="1" cellspacing="0">')
    if options.style % 4 == 2:
        writer.line("<tbody>")
    for slots in shape.rows:
        writer.put("<tr>")
        for slot in slots:
            if not compact:
                writer.end()
            _write_cell(slot, writer, options)
        if not compact:
            writer.end()
        writer.line("</tr>")
    if options.style % 4 == 2:
        writer.line("</tbody>")
    writer.line("</table>")


def _write_cell(slot: Slot, writer: Writer, options: Options) -> None:
    tag = "th" if slot.header and options.style % 3 == 2 else "td"
    spans = "".join(
        f' {name}="{size}"' for name, size in (("rowspan", slot.rowspan), ("colspan", slot.colspan)) if size > 1
    )
    before, after = ("<p><span>", "</span></p>") if options.style % 3 == 1 else ("", "")
    writer.put(f"<{tag}{spans}>{before}")
    if not slot.text and options.style % 2:
        before, after = "&nbsp;", after
        writer.put(before)
    writer.put(_escape(slot, options), slot.key)
    writer.put(f"{after}</{tag}>")


def _escape(slot: Slot, options: Options) -> str:
    text = slot.text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>" if options.style % 2 else "<br>")
    if options.style % 4 == 3:
        for plain, entity in _ENTITIES.items():
            text = text.replace(plain, entity)
    return text.replace(" ", "&nbsp;")
