"""The segments there are, with their names in three languages."""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("segments.toml")


@cache
def segments() -> dict[str, dict[str, str]]:
    """Code to names by language."""
    return tomllib.loads(FILE.read_text())


def name(code: str, *, language: str) -> str:
    """The code itself where no name is known: a segment of the past stays readable."""
    names = segments().get(code, {})
    return names.get(language) or names.get("en") or code
