"""Files of applications, in their three formats."""

import csv
import io
import json
from collections import Counter
from typing import Any

import openpyxl

from portal.conformance.stage import Stage
from portal.conformance.vendor import Failed, must, new_key, wait_for

CSV, LINES = "text/csv", "application/x-ndjson"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    "employer", "benefit", "reference", "employee.personal_identity_code", "employee.given_name",
    "employee.family_name", "employment.start", "absence.start", "absence.end", "pay_periods.1.start",
    "pay_periods.1.end", "pay_periods.1.amount", "pay_basis", "certificate",
)  # fmt: skip
PATIENCE = 120  # seconds
Row = dict[str, Any]


def bad_rows(stage: Stage) -> str:
    """A CSV of ten with two bad ones: eight accepted, two explained, and the file comes back with their errors."""
    rows = [stage.claim() for _ in range(10)]
    rows[3]["absence"] = {"start": rows[3]["absence"]["end"], "end": rows[3]["absence"]["start"]}
    rows[7]["employer"] = stage.foreign
    content, key = as_csv(rows), new_key()
    batch = sent(stage, content, CSV, key=key)
    must(stage.vendor.post("/batches", content, expect=202, key=key, headers=of(CSV)).json() == batch, "no replay")
    done = finished(stage, batch["id"])
    must((done["rows"], done["accepted"], done["rejected"]) == (10, 8, 2), f"{done['accepted']} accepted")
    items = results(stage, batch["id"])
    must([one["row"] for one in items if one["status"] == "rejected"] == [4, 8], "not the two bad rows")
    must(any(error["code"] == "employer_unknown" for error in items[7]["errors"]), "a foreign employer is not unknown")
    must(all(one["application"] for one in items if one["status"] == "accepted"), "an accepted row has no application")
    file = stage.vendor.get(f"/batches/{batch['id']}/file")
    must(file.headers["Content-Type"].startswith(CSV), "the result is no CSV")
    told = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    must(len(told) == 11 and len(told[0]) > len(COLUMNS), "not the same file with more columns")
    return f"8 accepted, 2 explained; the file came back with {len(told[0]) - len(COLUMNS)} more columns"


def other_formats(stage: Stage) -> str:
    told = []
    for name, content, kind in (
        ("JSON lines", as_lines([stage.claim() for _ in range(5)]), LINES),
        ("XLSX", as_sheet([stage.claim() for _ in range(5)]), SHEET),
    ):
        done = finished(stage, sent(stage, content, kind)["id"])
        must(done["accepted"] == 5, f"{name}: {done['accepted']} of 5 accepted, status {done['status']}")
        told.append(f"{name} 5 of 5")
    stage.vendor.post("/batches", b"{}", expect=415, headers=of("application/xml"))
    return f"{', '.join(told)}; 415 for another type"


def all_or_nothing(stage: Stage) -> str:
    rows = [stage.claim() for _ in range(4)]
    rows[2]["pay_basis"] = "half"
    batch = sent(stage, as_csv(rows), CSV, params={"mode": "all_or_nothing"})
    done = finished(stage, batch["id"])
    must(done["accepted"] == 0, f"{done['accepted']} accepted although one was bad")
    mine = stage.vendor.get("/applications", params={"employer": stage.employer, "limit": "200"}).json()["items"]
    must(not {row["reference"] for row in rows} & {one["reference"] for one in mine}, "some were sent all the same")
    rows[2]["pay_basis"] = "full"
    again = finished(stage, sent(stage, as_csv(rows), CSV, params={"mode": "all_or_nothing"})["id"])
    must(again["accepted"] == 4, f"{again['accepted']} of 4 accepted when all were good")
    return "none of four with a bad one, four of four when mended"


def sent(stage: Stage, content: bytes, kind: str, **more: Any) -> dict[str, Any]:
    batch: dict[str, Any] = stage.vendor.post("/batches", content, expect=202, headers=of(kind), **more).json()
    return batch


def of(kind: str) -> dict[str, str]:
    return {"Content-Type": kind}


def finished(stage: Stage, batch: str) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        told: dict[str, Any] = stage.vendor.get(f"/batches/{batch}").json()
        return told if told["status"] in ("finished", "failed") else None

    found: dict[str, Any] = wait_for("the end of the batch", look, seconds=PATIENCE)
    return found


def results(stage: Stage, batch: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    page: dict[str, Any] = {"next": ""}
    while page["next"] is not None:
        asked = {"limit": "4"} | ({"cursor": page["next"]} if page["next"] else {})
        page = stage.vendor.get(f"/batches/{batch}/rows", params=asked).json()
        items += page["items"]
    twice = [row for row, count in Counter(one["row"] for one in items).items() if count > 1]
    if twice:
        raise Failed(f"rows told twice: {twice}")
    return items


def as_csv(rows: list[Row]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows([cell(row, column) for column in COLUMNS] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def as_lines(rows: list[Row]) -> bytes:
    return "\n".join(json.dumps(row) for row in rows).encode()


def as_sheet(rows: list[Row]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append([cell(row, column) for column in COLUMNS])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def cell(row: Row, column: str) -> str:
    """`pay_periods.1.start`: lists count from one."""
    value: Any = row
    for part in column.split("."):
        value = value[int(part) - 1] if isinstance(value, list) else value[part]
    return str(value)
