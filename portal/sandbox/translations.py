"""Keep the catalogues in locale/ in step with the texts in the code. Babel does it all; gettext need not be there.

python -m portal.sandbox.translations update    extract the texts, add the new ones, drop what is gone
python -m portal.sandbox.translations check     say what is missing, fuzzy, left over, or differs in placeholders
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from portal.sandbox.state import PROJECT

LANGUAGES = ("fi", "sv", "en")
SOURCE_LANGUAGE = "en"
PACKAGES = ("portal", "employers", "customers")
PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*[\d.]*[a-zA-Z]|%[sdfr]|\{\w*(?:[!:][^{}]*)?\}")
KEYWORDS = {
    "_": None,
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop", "now"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}


def extracted() -> Catalog:
    """Every text of the code and the templates, as a catalogue without translations."""
    catalog = Catalog(charset="utf-8")
    for file in sorted(_sources()):
        source = file.read_text("utf-8")
        for line, message, _comments, context in _texts(source, is_template=file.suffix != ".py"):
            catalog.add(message, None, [(str(file.relative_to(PROJECT)), line)], context=context)
    return catalog


def _sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (file for file in (PROJECT / package).rglob("*.py") if "migrations" not in file.parts)
        yield from (file for file in (PROJECT / package).rglob("templates/**/*") if file.suffix in (".html", ".txt"))


def _texts(source: str, *, is_template: bool) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    if is_template:
        # templatize leaves calls between X-ed out words; within brackets their indentation means nothing.
        source = f"({templatize(source)}\n)"
    yield from extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)


def update() -> None:
    found = extracted()
    for language in LANGUAGES:
        catalog = read(language)
        created = catalog.creation_date
        catalog.update(found, no_fuzzy_matching=True)
        catalog.creation_date = created  # the day of the last run would be a change in every commit
        if language == SOURCE_LANGUAGE:
            _repeat_source(catalog)
        file = path(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as output:
            write_po(output, catalog, no_location=True, sort_output=True, ignore_obsolete=True, width=120)
        missing = sum(1 for message in catalog if message.id and not is_translated(message))
        print(f"{language}: {len(catalog)} texts, {missing} to translate")


def _repeat_source(catalog: Catalog) -> None:
    for message in catalog:
        if message.id:
            message.string = message.id
            message.flags.discard("fuzzy")


def read(language: str) -> Catalog:
    file = path(language)
    if not file.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with file.open("rb") as source:
        return read_po(source, locale=language)


def path(language: str) -> Path:
    return PROJECT / "locale" / language / "LC_MESSAGES" / "django.po"


def check() -> list[str]:
    """What is wrong, one line each."""
    found = extracted()
    return [line for language in LANGUAGES for line in problems(found, read(language), language)]


def problems(found: Catalog, catalog: Catalog, language: str) -> Iterator[str]:
    wanted = {_key(message) for message in found if message.id}
    kept = {_key(message): message for message in catalog if message.id}
    for key in sorted(wanted - kept.keys(), key=str):
        yield f"{language}: missing: {key[0]!r}"
    for key in sorted(kept.keys() - wanted, key=str):
        yield f"{language}: no longer in the code: {key[0]!r}"
    for key in sorted(wanted & kept.keys(), key=str):
        yield from _faults(kept[key], language)


def _faults(message: Message, language: str) -> Iterator[str]:
    if not is_translated(message):
        yield f"{language}: not translated: {message.id!r}"
    elif message.fuzzy:
        yield f"{language}: fuzzy: {message.id!r}"
    elif not placeholders_agree(message):
        yield f"{language}: other placeholders than {message.id!r}: {message.string!r}"


def is_translated(message: Message) -> bool:
    return bool(message.string) and all(_forms(message.string))


def placeholders_agree(message: Message) -> bool:
    """The same in text and translation; a singular may leave out the count its plural shows."""
    ids, strings = _forms(message.id), _forms(message.string)
    allowed = set().union(*map(_placeholders, ids))
    return _placeholders(strings[-1]) == _placeholders(ids[-1]) and all(_placeholders(s) <= allowed for s in strings)


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _key(message: Message) -> tuple[str, str | None]:
    return _forms(message.id)[0], message.context


def main(what: str) -> int:
    if what == "update":
        update()
        return 0
    lines = check()
    print("\n".join([*lines, f"{len(lines)} problems in {len(LANGUAGES)} catalogues. To extract: make messages"]))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
