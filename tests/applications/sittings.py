"""Sittings with many applications as the pages leave them: a list that was begun, a file that was looked through."""

import csv
import io
import json
from typing import Any

from employers.applications import preview
from employers.intake.models_previews import Preview
from employers.records import clock
from tests import cast
from tests.intake.files import cells


def begun_list(name: str = "Aino") -> Preview:
    content = {"benefit": "sickness_allowance", "typed": {}, "common": {}, "rows": []}
    return preview.begin_list(organisation=cast.employer(), user=cast.user(name), content=content, at=clock.now())


def kept_file(*rows: dict[str, str], name: str = "Aino") -> Preview:
    """Kept, and not looked through yet."""
    given = rows or (cells(5),)
    lines = [list(row.values()) for row in given]
    return preview.keep_file(
        organisation=cast.employer(), user=cast.user(name), name="palkat.csv", header=list(given[0]), lines=lines,
        at=clock.now(),
    )  # fmt: skip


def looked_file(*rows: dict[str, str], name: str = "Aino") -> Preview:
    return preview.check(preview_id=kept_file(*rows, name=name).pk, at=clock.now())


def found_of(one: Preview) -> list[tuple[str, list[str]]]:
    """State and problem codes of each row."""
    return [(row["status"], [problem["code"] for problem in row["problems"]]) for row in one.found]


def sent_bodies(one: Preview) -> list[dict[str, Any]]:
    assert one.batch
    return [json.loads(line) for line in one.batch.body.splitlines()]


def lines_of(content: bytes) -> list[dict[str, str]]:
    """A CSV file as we hand it out."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
