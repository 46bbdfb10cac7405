"""The words of a flow, apart from its rules: every text lazy, so that it is said in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
CHOOSE: Text = _("Choose one.")
YES_NO: Mapping[str, Text] = {"yes": _("Yes"), "no": _("No")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`choices` by code; none of a question where one types. `missing`: what to say to an empty answer."""

    title: Text
    hint: Text = ""
    choices: Mapping[str, Text] = field(default_factory=dict)
    missing: Text = CHOOSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an end says: a title, and paragraphs."""

    title: Text
    text: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowWords:
    title: Text
    lead: Text
    questions: Mapping[str, Asked]
    ends: Mapping[str, Told]
    notes: Mapping[str, Text] = field(default_factory=dict)
