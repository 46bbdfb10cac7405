"""What a provider of occupational health care tells an employer in a file: a line a cost, as CSV or XLSX.

Headings and kinds may be in Finnish, Swedish or English, in any order. Nothing is guessed: a line that cannot be
understood is told with its reason and counts for nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from employers.benefits.details import DETAILS
from employers.benefits.occupational_health_conditions import MOST
from employers.intake import batch, cells, spreadsheets
from employers.intake.detail_words import CHOICE_NAMES

LARGEST = 10 * 1024 * 1024  # bytes
MOST_ROWS = 5_000
LONGEST = 200  # characters of a description that are shown
COST = DETAILS["occupational_health_reimbursement"]["costs"].members
AMOUNT = re.compile(r"-?\d{1,12}\.\d{2}", re.ASCII)
WHOLE = re.compile(r"\d{1,9}", re.ASCII)
COLUMNS = ("class", "kind", "description", "amount", "quantity")
NEEDED = ("class", "kind", "amount")
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "class": ("class", "reimbursement class", "luokka", "korvausluokka", "klass", "ersättningsklass"),
    "kind": ("kind", "what the cost is for", "laji", "kustannuslaji", "slag", "kostnadsslag"),
    "description": ("description", "selite", "kuvaus", "beskrivning"),
    "amount": ("amount", "summa", "määrä", "euroa", "belopp", "euro", "eur"),
    "quantity": ("quantity", "visits", "lukumäärä", "käynnit", "käyntejä", "antal", "besök"),
}
WRITTEN: Mapping[str, tuple[str, ...]] = {
    "physician": ("työterveyslääkäri", "lääkäri", "företagsläkare", "läkare"),
    "nurse": ("työterveyshoitaja", "hoitaja", "företagshälsovårdare", "hälsovårdare"),
    "physiotherapist": ("työfysioterapeutti", "fysioterapeutti", "arbetsfysioterapeut", "fysioterapeut"),
    "psychologist": ("työterveyspsykologi", "psykologi", "psykolog"),
    "specialist": ("erikoislääkäri", "specialistläkare"),
    "laboratory": ("laboratorio", "laboratoriet"),
    "imaging": ("kuvantaminen", "röntgen", "bilddiagnostik", "radiology"),
    "base_fee": ("perusmaksu", "yleismaksu", "grundavgift", "general fee"),
    "workplace_survey": ("työpaikkaselvitys", "arbetsplatsutredning"),
    "first_aid": ("ensiapu", "första hjälpen"),
}
CLASS = re.compile(
    r"(?:kl|class|luokka|klass|korvausluokka|ersättningsklass)?[ .]*(i{1,2}|[12])", re.ASCII | re.IGNORECASE
)
WORDS: Mapping[str, str | Promise] = {
    "file_empty": _("The file is empty."),
    "file_too_large": _("The file is larger than 10 MB."),
    "file_too_large_inside": _("The file is too large to open."),
    "file_not_what_it_says": _("This is no CSV or XLSX file that we can read. Save it anew and try again."),
    "file_locked": _("The file has a password, or it is an old Excel file. Save it as XLSX without a password."),
    "file_can_run": _("The file has macros. Save it as XLSX without them."),
    "file_missing": _("Choose a file first."),
    "columns_missing": _("The first line must name the columns: class, kind and amount. Take the template as a model."),
    "columns_twice": _("A column is named twice on the first line."),
    "no_rows": _("There is no cost in the file."),
    "too_many_rows": _("There are more than 5,000 lines in the file."),
    "too_many_cells": _("The line has more cells than there are columns."),
    "formula": _("There is a formula on the line. Put the value itself in its place."),
    "class_unknown": _("The class is I or II."),
    "kind_unknown": _("We do not know this kind of cost. The template names the kinds."),
    "amount_missing": _("The amount is missing."),
    "amount_format": _("The amount is no sum of money. Write it like 1 234,50."),
    "amount_negative": _("The amount is below zero. Take credits off the cost that they belong to."),
    "amount_too_large": _("The amount is too large."),
    "quantity_format": _("The number of visits is no whole number."),
}


class Refused(Exception):
    """The file as a whole; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code if code in WORDS else "file_not_what_it_says"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`number`: as the spreadsheet numbers it. `cost`: class, kind and amount; None where `problems` say why."""

    number: int
    cost: dict[str, Any] | None
    description: str = ""
    quantity: int | None = None
    problems: tuple[str, ...] = ()


def read(content: bytes, *, name: str) -> list[Line]:
    """Raises Refused."""
    if len(content) > LARGEST:
        raise Refused("file_too_large")
    is_workbook = content.startswith(b"PK\x03\x04")
    try:
        found = spreadsheets.lines(content, name=".xlsx" if is_workbook else ".csv")
        formulas = spreadsheets.formula_lines(content) if is_workbook else set()
    except spreadsheets.Unfit as unfit:
        raise Refused(unfit.code) from None
    except batch.Unreadable:
        raise Refused("file_not_what_it_says") from None
    header, *rest = found or [[]]
    names = columns(header)
    filled = [(number, row) for number, row in enumerate(rest, start=2) if any(cell.strip() for cell in row)]
    if not filled or len(filled) > MOST_ROWS:
        raise Refused("too_many_rows" if filled else "no_rows")
    return [line(number, row, names, reckoned=number in formulas) for number, row in filled]


def columns(header: list[str]) -> list[str]:
    """Our names of the columns in the order of the file; nothing for one that says nothing to us. Raises Refused."""
    names = [headings().get(" ".join(cell.casefold().split()), "") for cell in header]
    ours = [name for name in names if name]
    if not {*NEEDED} <= {*ours}:
        raise Refused("columns_missing")
    if len(ours) > len({*ours}):
        raise Refused("columns_twice")
    return names


def line(number: int, row: list[str], names: list[str], *, reckoned: bool) -> Line:
    said = {name: cell.strip() for name, cell in zip(names, row, strict=False) if name}
    problems = [*_problems_of(row, names, reckoned=reckoned)]
    if not problems:
        problems = [*_problems(said)]
    shown = said.get("description", "")[:LONGEST]
    told: dict[str, Any] = {"number": number, "description": shown, "problems": tuple(problems)}
    if problems:
        return Line(cost=None, **told)
    quantity = said.get("quantity", "")
    cost = {"class": class_of(said["class"]), "kind": kinds()[said["kind"].casefold()], "amount": money(said["amount"])}
    return Line(cost=cost, quantity=int(cells.digits(quantity)) if quantity else None, **told)


def _problems_of(row: list[str], names: list[str], *, reckoned: bool) -> Iterator[str]:
    if any(cell.strip() for cell in row[len(names) :]):
        yield "too_many_cells"
    if reckoned or any(cells.is_formula(cell) for cell in row):
        yield "formula"


def _problems(said: Mapping[str, str]) -> Iterator[str]:
    if not class_of(said.get("class", "")):
        yield "class_unknown"
    if said.get("kind", "").casefold() not in kinds():
        yield "kind_unknown"
    if problem := wrong_amount(said.get("amount", "")):
        yield problem
    if not WHOLE.fullmatch(str(cells.count(said["quantity"])) if said.get("quantity") else "0"):
        yield "quantity_format"


def wrong_amount(text: str) -> str:
    if not text:
        return "amount_missing"
    amount = money(text)
    if amount is None:
        return "amount_format"
    return "amount_negative" if amount < 0 else "amount_too_large" if amount > MOST else ""


def money(text: str) -> Decimal | None:
    """As people write it, with or without the sign of the euro."""
    found = cells.money(text.removesuffix("€").removesuffix("EUR").strip())
    return Decimal(found) if AMOUNT.fullmatch(found) else None


def class_of(text: str) -> str:
    match = CLASS.fullmatch(" ".join(text.split()))
    return "" if match is None else "I" if match[1].upper() in ("I", "1") else "II"


@cache
def headings() -> Mapping[str, str]:
    """Columns by what they are called, those of our own template among them."""
    found = {heading: name for name, words in HEADINGS.items() for heading in words}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {str(text).casefold(): name for name, text in zip(COLUMNS, TEMPLATE, strict=True)}
    return found


@cache
def kinds() -> Mapping[str, str]:
    """Kinds by what they are called: by their codes, by what providers write, and by our names in every language."""
    found = {code: code for code in COST["kind"].choices} | {
        word: code for code, words in WRITTEN.items() for word in words
    }
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {str(CHOICE_NAMES[f"costs.kind.{code}"]).casefold(): code for code in COST["kind"].choices}
    return found


def summed(costs: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """One cost a class and kind, class I first, as a claim's body has them. Amounts are Decimals or their texts."""
    sums: dict[tuple[str, str], Decimal] = {}
    for cost in costs:
        place = (cost["class"], cost["kind"])
        sums[place] = sums.get(place, Decimal(0)) + Decimal(cost["amount"])
    order = {code: at for at, code in enumerate(COST["kind"].choices)}
    inside = sorted(sums, key=lambda place: (place[0], order[place[1]]))
    return [{"class": name, "kind": kind, "amount": f"{sums[name, kind]:.2f}"} for name, kind in inside]


def template() -> tuple[list[str], list[list[str]]]:
    """Headings and a line for every kind, in the active language, amounts left for the provider to fill in."""
    rows = [
        [name, str(CHOICE_NAMES[f"costs.kind.{kind}"]), "", "", ""]
        for name in ("I", "II")
        for kind in COST["kind"].choices
    ]
    return [str(text) for text in TEMPLATE], rows


TEMPLATE = (_("Class"), _("Kind"), _("Description"), _("Amount"), _("Visits"))
