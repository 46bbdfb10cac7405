"""What figures of the law are called, and how their values are written."""

import re
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from employers.benefits.law import UNKNOWN, files

GROUPS: dict[str, str | Promise] = {
    "sickness": _("Sickness allowance"),
    "parents": _("Parents' allowances"),
    "rehabilitation": _("Rehabilitation allowance"),
    "infectious": _("Infectious disease allowance"),
    "donor": _("Donor allowance"),
    "family_leave": _("Family leave compensation"),
    "annual_leave": _("Compensation for annual leave costs"),
    "occupational_health": _("Occupational health care"),
    "income": _("Yearly income"),
    "appeal": _("Appeal"),
}
STATUSES: dict[str, str | Promise] = {
    "official": _("an official figure"),
    "derived": _("derived from official figures"),
    "secondary": _("from a second source"),
    "estimate": _("an estimate"),
    "unverified": _("not verified"),
    UNKNOWN: _("no figure is known"),
}
UNITS: dict[str, str | Promise] = {
    "EUR": "",
    "EUR/weekday": _("a weekday"),
    "EUR/year": _("a year"),
    "days": _("days"),
    "days/month": _("days a month"),
    "hours/day": _("hours a day"),
    "hours/week": _("hours a week"),
    "months": _("months"),
    "per cent": "%",
    "persons": pgettext_lazy("counted", "persons"),  # after a number other than one: in Finnish another case
    "share": "",
    "weekdays": _("weekdays"),
    "weekdays/month": _("weekdays a month"),
    "weekdays/year": _("weekdays a year"),
    "years": _("years"),
}
# The sources are written in the law's own language: what a reader of any language needs is the provision and the page.
ACTS: dict[str, str | Promise] = {
    "Sairausvakuutuslaki": _("Health Insurance Act"),
    "Kirjanpitolaki": _("Accounting Act"),
    "Laki": _("Act"),
}
PROVISION = re.compile(
    r"(?P<act>Sairausvakuutuslaki|Kirjanpitolaki|Laki) (?P<number>\d+/\d{4}( \d+( a)?(:\d+)?(\.\d+)?( §)?)?)"
)
NOTES: dict[str, str | Promise] = {
    "The sum of the contributions of the year": _("the sum of the contributions of the year"),
    "The daily allowance contribution has no source": _("the daily allowance contribution has no source yet"),
    "Between the least and the greatest since 2020": _("between the least and the greatest since 2020"),
    "wage coefficient": _("from the base amount by the wage coefficient of the year"),
    "Transitional clause": _("a transitional clause"),
    "Confirmed by the agency": _("confirmed by the agency"),
    "Estimated by the ceilings of entrepreneurs": _("estimated by the ceilings of entrepreneurs"),
    "Ten times the ceiling in 2017": _("ten times the ceiling in 2017, inferred for later years"),
    "No source gives the amount": _("assumed, no source gives the amount"),
    "Not read again for 2026": _("not read again for 2026"),
}  # fmt: skip
ADDRESS = re.compile(r"https?://[^\s;]+")
STATES: dict[str, str | Promise] = {
    "waiting": _("waits for a second official"),
    "approved": _("approved"),
    "withdrawn": _("withdrawn"),
}


def title(name: str) -> str:
    """In the reader's language; the name itself of a figure that no file tells of any more."""
    parameter = files().get(name)
    titles = parameter.title if parameter else {}
    return titles.get(get_language() or "") or titles.get("en") or name


def source(reference: str) -> dict[str, str]:
    """The provision and the page that a source names, and what is remarked on it; empty where it has none."""
    provision, address = PROVISION.match(reference), ADDRESS.search(reference)
    return {
        "provision": f"{ACTS[provision['act']]} {provision['number']}" if provision else "",
        "address": address[0] if address else "",
        "note": "; ".join(str(text) for remark, text in NOTES.items() if remark in reference),
    }


def unit(code: str) -> str:
    """Of a figure that is to be typed: `€ a year`, `weekdays`, `a share: 0.70`."""
    if code == "share":
        return str(_("a share, for example 0.70"))
    return f"€ {UNITS[code]}".strip() if code.startswith("EUR") else str(UNITS[code])


def group(name: str) -> str:
    """The folder of a figure."""
    return name.partition(".")[0]


def amount(value: Decimal, unit: str) -> str:
    """With its unit: `28 899,00 € a year`, `70 %`, `300 weekdays`."""
    if unit.startswith("EUR"):
        written = f"{number_format(value, 2, force_grouping=True)}\N{NO-BREAK SPACE}€"
    elif unit == "share":
        written = f"{number_format((value * 100).normalize())}\N{NO-BREAK SPACE}%"
    else:
        written = number_format(value.normalize(), force_grouping=True)
    return f"{written} {UNITS.get(unit, unit)}".rstrip()
