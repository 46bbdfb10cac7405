"""A page on paper: simple HTML in (headings, paragraphs, lists, tables), PDF out."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fpdf import FPDF, TextStyle
from fpdf.enums import XPos, YPos

FONTS = Path(__file__).parent / "fonts"
FAMILY = "DejaVu"
MARGIN, INK, QUIET, LINE = 20, 24, 90, 190  # millimetres; shades of grey
TEXT, SMALL = 10, 8  # points
STYLES = {
    "h1": TextStyle(font_style="B", font_size_pt=18, color=INK, b_margin=0.2),
    "h2": TextStyle(font_style="B", font_size_pt=12, color=INK, t_margin=0.4, b_margin=0.1),
    "p": TextStyle(font_size_pt=TEXT, color=INK, b_margin=2),
    "li": TextStyle(font_size_pt=TEXT, color=INK, l_margin=4, b_margin=1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    title: str
    language: str
    sender: str
    foot: str  # at the end of every page, before its number
    at: datetime


def pdf(html: str, *, head: Letterhead) -> bytes:
    sheet = _Sheet(head)
    sheet.add_page()
    sheet.small(head.sender)
    sheet.ln(4)
    sheet.set_font(FAMILY, "", TEXT)
    sheet.set_text_color(INK)
    sheet.write_html(html, tag_styles=STYLES, table_line_separators=True, li_prefix_color=(INK, INK, INK))
    return bytes(sheet.output())


class _Sheet(FPDF):
    def __init__(self, head: Letterhead) -> None:
        super().__init__(format="A4")
        self.head = head
        self.add_font(FAMILY, "", FONTS / "DejaVuSans.ttf")
        self.add_font(FAMILY, "B", FONTS / "DejaVuSans-Bold.ttf")
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN)
        self.set_title(head.title)
        self.set_author(head.sender)
        self.set_lang(head.language)
        self.set_creation_date(head.at)
        self.set_draw_color(LINE)

    def footer(self) -> None:
        self.set_y(-MARGIN + 5)
        self.small(f"{self.head.foot} \u2013 {self.page_no()}")

    def small(self, text: str) -> None:
        self.set_font(FAMILY, "", SMALL)
        self.set_text_color(QUIET)
        self.multi_cell(0, 4, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")
