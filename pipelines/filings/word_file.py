"""A paper as a Word file: A4, numbered headings, ruled tables whose heads repeat, page numbers, visible blanks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from ..extras import need
from ..messages import texts
from .paper_blocks import Blank, Cell, Facts, Grid, Heading, Line, PaperText, Signature

FONTS = {"zh": ("Times New Roman", "SimSun", "SimHei"), "en": ("Times New Roman", "SimSun", "SimHei")}
"""Latin letters, Chinese text, Chinese headings; where a machine lacks one, its office program takes the nearest."""
GREY = "E8ECEF"
WIDTH_CM = 16.0
SHORT = 8
"""Tables of so many rows stay on one page."""


def word_file(paper: PaperText) -> bytes:
    """Return the paper as a DOCX file. MissingExtraError without the library that writes it."""
    with need("filing"):
        import docx
    document = docx.Document()
    _page(document, paper)
    _title(document, paper)
    for block, after in zip(paper.blocks, (*paper.blocks[1:], None), strict=True):
        _block(document, block, paper)
        if isinstance(block, Line) and isinstance(after, Grid):
            document.paragraphs[-1].paragraph_format.keep_with_next = True
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any, paper: PaperText) -> None:
    from docx.shared import Cm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2.2)
    latin, chinese, heading = FONTS[paper.lang]
    _font(document.styles["Normal"], latin, chinese, Pt(10.5))
    document.styles["Normal"].paragraph_format.line_spacing = 1.3
    for name, size in (("Title", 18), ("Heading 1", 13), ("Heading 2", 11.5)):
        _font(document.styles[name], latin, heading, Pt(size), bold=True)
    document.core_properties.title = paper.title
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.language = "zh-CN" if paper.lang == "zh" else "en"
    _footer(section.footer.paragraphs[0], paper)


def _font(style: Any, latin: str, chinese: str, size: Any, *, bold: bool = False) -> None:
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    style.font.name, style.font.size, style.font.bold = latin, size, bold
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    fonts.set(qn("w:eastAsia"), chinese)


def _footer(paragraph: Any, paper: PaperText) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    says = texts(paper.lang)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, _, rest = says("paper.page").partition("{page}")
    between, _, after = rest.partition("{pages}")
    paragraph.add_run(f"{paper.footer}    {before}")
    _field(paragraph, "PAGE")
    paragraph.add_run(between)
    _field(paragraph, "NUMPAGES")
    paragraph.add_run(after)
    for run in paragraph.runs:
        run.font.size = Pt(8.5)


def _field(paragraph: Any, instruction: str) -> None:
    """Append a field that the office program computes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("1", "1"), ("end", "")):
        run = paragraph.add_run()
        if kind == "1":
            run.text = text
        elif text:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run._r.append(code)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _title(document: Any, paper: PaperText) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    title = document.add_paragraph(paper.title, style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for border in title._p.xpath("./w:pPr/w:pBdr"):
        border.getparent().remove(border)
    style = document.styles["Title"].element
    for border in style.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    for text in paper.under.split("\n"):
        under = document.add_paragraph(text)
        under.alignment = WD_ALIGN_PARAGRAPH.CENTER
        under.paragraph_format.space_after = Pt(2)
    document.add_paragraph()


def _block(document: Any, block: Any, paper: PaperText) -> None:
    if isinstance(block, Heading):
        document.add_paragraph(_clean(block.text), style=f"Heading {block.level}")
    elif isinstance(block, Line):
        _line(document, block, paper)
    elif isinstance(block, Facts):
        _table(document, [(label, value) for label, value in block.rows], (1, 3), paper, labels=True)
    elif isinstance(block, Grid):
        _table(document, block.rows, block.widths, paper, heads=block.heads, numbers=block.numbers)
    elif isinstance(block, Signature):
        _signature(document, block)


def _line(document: Any, line: Line, paper: PaperText) -> None:
    from docx.shared import Pt, RGBColor

    paragraph = document.add_paragraph()
    _write(paragraph, line.text, paper)
    paragraph.paragraph_format.space_after = Pt(6)
    if line.small:
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(9), RGBColor(0x55, 0x55, 0x55)


def _table(
    document: Any,
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[int],
    paper: PaperText,
    *,
    heads: Sequence[str] = (),
    numbers: Sequence[int] = (),
    labels: bool = False,
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    shares = [Cm(WIDTH_CM * width / sum(widths)) for width in widths]
    for column, share in zip(table.columns, shares, strict=True):
        column.width = share
    for at, row in enumerate([*([heads] if heads else []), *rows]):
        head = bool(heads) and at == 0
        cells = table.add_row().cells
        for position, (cell, value) in enumerate(zip(cells, row, strict=True)):
            cell.width = shares[position]
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.line_spacing = 1.1
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.keep_with_next = len(rows) <= SHORT and at < len(rows) - (not heads)
            _write(paragraph, value, paper, size=9.5)
            if head or (labels and position == 0):
                _shade(cell)
                for run in paragraph.runs:
                    run.font.bold = True
            elif position in numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _row_stays_whole(table.rows[at], head)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _row_stays_whole(row: Any, head: bool) -> None:
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def _shade(cell: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", GREY)):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _write(paragraph: Any, value: Cell, paper: PaperText, size: float | None = None) -> None:
    from docx.enum.text import WD_COLOR_INDEX
    from docx.shared import Pt

    blank = isinstance(value, Blank)
    text = texts(paper.lang)("paper.blank", ask=value.ask) if isinstance(value, Blank) else value
    run = paragraph.add_run(_clean(text))
    if size:
        run.font.size = Pt(size)
    if blank:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _signature(document: Any, block: Signature) -> None:
    from docx.shared import Cm, Pt

    for row in block.rows:
        paragraph = document.add_paragraph(_clean(row))
        paragraph.paragraph_format.left_indent = Cm(7)
        paragraph.paragraph_format.space_before = Pt(10)
        paragraph.paragraph_format.keep_with_next = True


def _clean(text: str) -> str:
    """Return text without the control characters that XML forbids."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)
