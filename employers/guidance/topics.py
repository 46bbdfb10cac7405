"""The seed files: one guidance topic a file, in every language, read strictly."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from employers.benefits.claim import BENEFITS
from employers.guidance.flow import STEPS

SEEDS = Path(__file__).parent / "topics"
LANGUAGES = ("fi", "sv", "en")
SIZE_CLASSES = ("small", "medium", "large")
PLACES = ("benefits", "steps", "fields", "problem_codes", "size_classes")
KEYS = {"slug", "order", "valid_from", "valid_until", *PLACES, *LANGUAGES}
KNOWN = {"benefits": BENEFITS, "steps": STEPS, "size_classes": SIZE_CLASSES}


class BadSeed(ValueError):
    """A seed file that cannot be loaded; says which file and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    title: str
    summary: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    slug: str
    order: int
    benefits: tuple[str, ...]
    steps: tuple[str, ...]
    fields: tuple[str, ...]
    problem_codes: tuple[str, ...]
    size_classes: tuple[str, ...]
    words: Mapping[str, Words]
    valid_from: date | None = None
    valid_until: date | None = None


def read_folder(folder: Path = SEEDS) -> list[Seed]:
    seeds = [_read_file(path) for path in folder.glob("*.toml")]
    return sorted(seeds, key=lambda seed: (seed.order, seed.slug))


def read(text: str) -> Seed:
    """One topic from TOML. Raises `BadSeed` for anything missing, unknown or empty."""
    raw = tomllib.loads(text)
    _refuse_unknown(raw)
    try:
        return Seed(
            slug=raw["slug"],
            order=raw["order"],
            words={language: _words(raw[language]) for language in LANGUAGES},
            valid_from=raw.get("valid_from"),
            valid_until=raw.get("valid_until"),
            **{place: tuple(raw[place]) for place in PLACES},
        )
    except KeyError as missing:
        raise BadSeed(f"missing {missing}") from missing


def blocks(body: str) -> list[tuple[str, list[str]]]:
    """The body as ("text", lines) and ("list", items): lines that start with "- " are a list."""
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    grouped = groupby(lines, key=lambda line: line.startswith("- "))
    return [("list", [line[2:] for line in group]) if is_list else ("text", list(group)) for is_list, group in grouped]


def _read_file(path: Path) -> Seed:
    try:
        seed = read(path.read_text(encoding="utf-8"))
    except ValueError as problem:
        raise BadSeed(f"{path.name}: {problem}") from problem
    if seed.slug != path.stem:
        raise BadSeed(f"{path.name}: the slug is {seed.slug}")
    return seed


def _refuse_unknown(raw: Mapping[str, Any]) -> None:
    if unknown := raw.keys() - KEYS:
        raise BadSeed(f"unknown {sorted(unknown)}")
    for place, known in KNOWN.items():
        if unknown := set(raw.get(place, ())) - set(known):
            raise BadSeed(f"unknown {place} {sorted(unknown)}")


def _words(raw: Mapping[str, str]) -> Words:
    words = Words(title=raw["title"].strip(), summary=raw["summary"].strip(), body=raw["body"].strip())
    if not (words.title and words.summary and words.body):
        raise BadSeed("an empty text")
    return words
