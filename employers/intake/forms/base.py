"""A page of questions. The name of every field is its path in the claim, so that one rule finds its place anywhere."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _

from employers.benefits.problems import Problem
from employers.intake.words import sentence

Body = dict[str, Any]
MOST_ROWS = 60


class OneFieldTemplate(DjangoTemplates):
    """Label, hint, error and answer look the same on every page."""

    field_template_name = "portal/field.html"


class Asked(forms.BoundField):
    """A warning beside a field is heard with it, as its hint and its error are."""

    @property
    def aria_describedby(self) -> str | None:
        ids = [super().aria_describedby, f"{self.auto_id}_notice" if getattr(self.field, "notices", ()) else None]
        return " ".join(one for one in ids if one) or None


class Questions(forms.Form):
    """Field names are paths with `__` for each dot: `absence__start` is `absence.start` in the page and the claim."""

    default_renderer = OneFieldTemplate
    bound_field_class = Asked
    use_required_attribute = False
    missing: Mapping[str, Any] = {}  # what to say where a field is empty

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.error_messages["required"] = self.missing.get(name, _("Fill in this."))

    def add_prefix(self, field_name: str) -> str:
        path = field_name.replace("__", ".")
        return f"{self.prefix}.{path}" if self.prefix else path

    def paths(self) -> Iterator[tuple[str, "Questions", str]]:
        """Path, form and field name of every field, in the order of the page."""
        for name in self.fields:
            yield self.add_prefix(name), self, name

    def said(self) -> Body:
        """Cleaned answers by path; what was left empty is None. No and nought are answers."""
        return {
            name.replace("__", "."): None if value in ("", []) else value for name, value in self.cleaned_data.items()
        }

    def found_wrong(self) -> list[dict[str, str]]:
        """For the error summary: where, and what to do."""
        return [
            {"href": f"#{first_answer(form, name)}", "text": str(text)}
            for _path, form, name in self.paths()
            for text in dict.fromkeys(form.errors.get(name, []))
        ]

    def take(self, problems: Iterable[Problem]) -> None:
        """Put the law's problems at the fields that they name; a whole object's or row's at its first field."""
        for problem in problems:
            form, name = self._place(problem.field)
            form.add_error(name, ValidationError(sentence(problem), code=problem.code))

    def notice(self, problems: Iterable[Problem]) -> None:
        """Put warnings at the fields that they name: they are told there, and stop nobody."""
        for problem in problems:
            form, name = self._place(problem.field)
            form.fields[name].notices = [*getattr(form.fields[name], "notices", ()), sentence(problem)]  # type: ignore[attr-defined]

    def codes(self) -> list[str]:
        """Of everything found wrong, in the order of the page."""
        found = [error.code for _path, form, name in self.paths() for error in form.errors.as_data().get(name, [])]
        return list(dict.fromkeys(code for code in found if code))

    def anchor(self, path: str) -> str:
        """Where on the page this path is asked."""
        form, name = self._place(path)
        return first_answer(form, name)

    def knows(self, path: str) -> bool:
        """Whether the page asks about this path, about a part of it, or about what it is a part of."""
        return any(_related(path, known) for known, _form, _name in self.paths())

    def _place(self, path: str) -> tuple["Questions", str]:
        places = list(self.paths())
        exact = [place for place in places if place[0] == path]
        below = [place for place in places if place[0].startswith(f"{path}.")]
        _path, form, name = next(iter(exact or below or places))
        return form, name


def first_answer(form: Questions, name: str) -> str:
    """The id of what takes the focus: a group of buttons or boxes takes none, the first of them does."""
    asked = form[name]
    widget = asked.field.widget
    return widget.id_for_label(asked.auto_id, "0") if isinstance(widget, forms.widgets.ChoiceWidget) else asked.auto_id


class Row(Questions):
    """One entry of a list, with its number in its path."""

    def is_blank(self) -> bool:
        return not any(str(self.data.get(path, "")).strip() for path, _form, _name in self.paths())

    def entry(self) -> Body:
        """The entry as the claim has it: paths of a row begin at the row."""
        return {name: value for name, value in self.said().items() if value is not None}


class Step(Questions):
    """One page of the application, with a list of entries where `row` says so, below the field named `rows_after`."""

    section: Any = ""  # what the page is called where its answers are read
    title: Any = ""
    lead: Any = ""
    also: tuple[str, ...] = ()  # what else the page asks, by the names that guidance has for it
    row: type[Row] | None = None
    row_path = ""
    row_name: Any = ""
    rows_title: Any = ""
    rows_lead: Any = ""
    add_words: Any = ""
    add_more_words: Any = ""
    least_rows = 0
    rows_after = ""

    def __init__(self, data: Any = None, *, entries: list[Body] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.rows = self._bound_rows(data) if data is not None else self._fresh_rows(entries or [])

    @classmethod
    def initial_from(cls, body: Body) -> Body:
        return {name: reach(body, name.replace("__", ".")) for name in cls.base_fields}

    @classmethod
    def from_body(cls, body: Body, **options: Any) -> "Step":
        return cls(initial=cls.initial_from(body), entries=reach(body, cls.row_path) or [], **options)

    def as_typed(self, *, add: bool = False, remove: int | None = None) -> "Step":
        """The page again with what was typed, one row more or less, nothing judged."""
        rows = [self._typed(form) for number, form in enumerate(self.rows) if number != remove]
        again = type(self)(initial=self._typed(self), **self.again())
        again.rows = again._fresh_rows([*rows, {}] if add else rows)
        return again

    def after_a_button(self) -> "Step | None":
        """The page again when it was one of the buttons that add a row or take one away."""
        if "add" in self.data:
            return self.as_typed(add=True)
        if "remove" in self.data:
            numbers = {str(number): number for number in range(len(self.rows))}
            return self.as_typed(remove=numbers.get(self.data["remove"]))
        return None

    def again(self) -> Body:
        """What a copy of this page is made with; a page with choices of its own adds them."""
        return {}

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(row.is_valid() for row in self.rows)])

    def paths(self) -> Iterator[tuple[str, Questions, str]]:
        yield from super().paths()
        for row in self.rows:
            yield from row.paths()

    def knows(self, path: str) -> bool:
        return (bool(self.row) and _related(path, self.row_path)) or super().knows(path)

    def into(self, body: Body) -> Body:
        """The claim's body with the answers of this page in it; of a benefit's own details only what was said."""
        fresh = dict(body)
        for path, value in self.said().items():
            fresh = put(fresh, path, value)
        if self.row:
            fresh = put(fresh, self.row_path, [row.entry() for row in self.rows])
        details = told(fresh.pop("details", {}))
        return {**fresh, "details": details} if details else fresh

    def extra(self) -> Body:
        """What the draft keeps beside the claim."""
        return {}

    def _bound_rows(self, data: Any) -> list[Row]:
        if self.row is None:
            return []
        pattern = re.compile(rf"{re.escape(self.row_path)}\.(\d{{1,4}})\.(\w+)", re.ASCII)
        sent = sorted({int(match[1]) for key in data if (match := pattern.fullmatch(key))})[:MOST_ROWS]
        numbers = sent or range(self.least_rows)
        bound = [self.row(data, prefix=f"{self.row_path}.{number}") for number in numbers]
        filled = [row for row in bound if not row.is_blank()]
        return self._renumbered(filled or bound[: self.least_rows])

    def _renumbered(self, rows: list[Row]) -> list[Row]:
        """Empty rows fall out, and the others close up: a number on the page is the entry's number in the claim."""
        assert self.row is not None
        return [
            self.row(
                {f"{self.row_path}.{number}.{name}": text for name, text in self._typed(row).items()},
                prefix=f"{self.row_path}.{number}",
            )
            for number, row in enumerate(rows)
        ]

    def _fresh_rows(self, entries: list[Body]) -> list[Row]:
        if self.row is None:
            return []
        wanted = entries or [{} for _ in range(self.least_rows)]
        return [self.row(initial=entry, prefix=f"{self.row_path}.{number}") for number, entry in enumerate(wanted)]

    @staticmethod
    def _typed(form: Questions) -> Body:
        """As it came from the browser: of several boxes a list."""
        return {
            name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name)) or ""
            for name, field in form.fields.items()
        }


def reach(body: Mapping[str, Any], path: str) -> Any:
    value: Any = body
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def put(body: Body, path: str, value: Any) -> Body:
    """A copy of the body with the value in its place."""
    name, _dot, rest = path.partition(".")
    return {**body, name: put(body.get(name) or {}, rest, value) if rest else value}


def told(said: Body) -> Body:
    """Without what is empty, and without an object that holds nothing."""
    kept = {name: told(value) if isinstance(value, dict) else value for name, value in said.items()}
    return {name: value for name, value in kept.items() if value is not None and value != {} and value != []}


def _related(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")
