"""Files of many applications."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.intake.batch import CONTENT_TYPES, CSV, XLSX
from employers.intake.models import Batch, BatchRow
from portal.described.problems import APPLICATION
from portal.described.shape import COUNT, ID, MOMENT, TEXT, Elsewhere, Shape, answer, many, maybe, one_of, page, ref
from portal.described.told import PAGED, Told

TAG = _("Batches")
ABOUT = "Many applications in one file, a result for each row."

SHA256: Shape = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
MODE: Shape = {
    **one_of(Batch.Mode.values),
    "default": Batch.Mode.PARTIAL.value,
    "description": "`partial`: good rows are taken, wrong ones are told. `all_or_nothing`: one wrong row stops all.",
}
CALLS: Mapping[str, Told] = {
    "POST /batches": Told(
        summary=_("Send a file of applications"),
        about="The body is the file: CSV, JSON lines or XLSX, at most 10 000 rows and 20 MB. It is kept as received, "
        "and worked on by itself, some hundreds of rows at a time and in turn with the files of others; "
        "`batch.finished` tells when it is done. Columns are dotted paths, `pay_periods.1.start`; "
        "`GET /batches/templates/{benefit}` has them. The columns, or members, `status`, `application` and `errors` "
        "are ours: a file that came back from us may bring them.",
        takes="BatchFile",
        takes_as=tuple(CONTENT_TYPES),
        gives="Batch",
        status=202,
        keyed=True,
        headers=("Location",),
        query={"mode": MODE},
    ),
    "GET /batches/{id}": Told(summary=_("See how far a batch is"), gives="Batch"),
    "GET /batches/{id}/rows": Told(
        summary=_("Read what came of each row"),
        about="Of the rows that are done, in the order of the file.",
        gives="BatchRowPage",
        query=PAGED,
    ),
    "GET /batches/{id}/file": Told(
        summary=_("Get the file back with what came of each row"),
        about="The file as it came, of the kind it came in, with three columns more, or members of each JSON line: "
        "`status` (`waiting` where nobody came to the row yet), `application` and `errors` in your language. Correct "
        "what is wrong and send it again: what was accepted is a duplicate then.",
        gives="ReturnedFile",
        gives_as=tuple(CONTENT_TYPES),
        headers=("Content-Disposition",),
    ),
    "GET /batches/templates/{benefit}": Told(
        summary=_("Get an empty file for a benefit"),
        about="The columns that can be filled in, with one example row. `Accept` chooses the kind, or `format` does.",
        gives="Template",
        gives_as=(CSV, XLSX),
        headers=("Content-Disposition",),
        query={"format": {**one_of(("csv", "xlsx")), "description": "Goes before `Accept`."}},
    ),
}
SHAPES: Mapping[str, Shape] = {
    "BatchFile": {"description": "The file, as it is."},
    "ReturnedFile": {"type": "string", "format": "binary"},
    "Template": {"type": "string", "format": "binary"},
    "Batch": answer(
        id=ID,
        status=one_of(Batch.Status.values),
        mode=one_of(Batch.Mode.values),
        **dict.fromkeys(("rows", "done", "accepted", "rejected", "duplicates"), COUNT),
        received_at=MOMENT,
        sha256=maybe(SHA256),
    ),
    "BatchRow": answer(
        row=COUNT,
        reference=maybe(TEXT),
        status=one_of(BatchRow.Status.values),
        application=maybe(ID),
        errors=many(ref("Error")),
    ),
    "BatchRowPage": page("BatchRow"),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "Batch": {
        "status": "`received` until a worker comes to it; `running`; `finished`; `failed`: we gave up, and rows that "
        "are done stay done.",
        "mode": "As you asked.",
        "rows": "How many there are in the file.",
        "done": "How many have a result.",
        "accepted": "Rows that became applications.",
        "rejected": "Rows with something to change.",
        "duplicates": "Rows that were applications of ours already.",
        "sha256": "Of the file as it was received. Null of files from before it was kept.",
    },
    "BatchRow": {
        "row": "Its number in the file, from 1, the header not counted.",
        "reference": "Your own, of the row; null where it has none that can be read.",
        "status": "`accepted`; `rejected`: `errors` say why; `duplicate`: it was an application already.",
        "application": "What became of it, or what it is a duplicate of.",
        "errors": "What has to change, and warnings.",
    },
}
TAKEN: dict[str, Any] = {
    "id": "0198f3c4-1a2b-7c3d-8e4f-5a6b7c8d9e0f",
    "status": "received",
    "mode": "partial",
    "rows": 100,
    "done": 0,
    "accepted": 0,
    "rejected": 0,
    "duplicates": 0,
    "received_at": "2026-04-20T07:20:00Z",
    "sha256": "0f343b0931126a20f133d67c2b018a3b5a1f7d1c0e6f2b8a9c4d5e6f708192a3",
}
COLUMNS = (
    "employer;benefit;reference;employee.personal_identity_code;employee.given_name;employee.family_name;"
    "employment.start;absence.start;absence.end;pay_periods.1.start;pay_periods.1.end;pay_periods.1.amount;pay_basis"
)
CELLS = (
    "9000004-6;sickness_allowance;row-1;010190-9123;Aino;Esimerkki;"
    "2.5.2019;2.3.2026;10.4.2026;2.3.2026;10.4.2026;3600,00;full"
)
LINE = (
    '{"employer": "9000004-6", "benefit": "sickness_allowance", "reference": "row-1", "employee": '
    '{"personal_identity_code": "010190-9123", "given_name": "Aino", "family_name": "Esimerkki"}, "employment": '
    '{"start": "2019-05-02"}, "absence": {"start": "2026-03-02", "end": "2026-04-10"}, "pay_periods": [{"start": '
    '"2026-03-02", "end": "2026-04-10", "amount": "3600.00"}], "pay_basis": "full"}'
)
WORKBOOK = Elsewhere("/api/v1/batches/templates/sickness_allowance?format=xlsx")
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "BatchFile text/csv": {"one_row": f"{COLUMNS}\r\n{CELLS}\r\n"},
    "BatchFile application/x-ndjson": {"one_row": f"{LINE}\n"},
    f"BatchFile {XLSX}": {"one_row": WORKBOOK},
    "ReturnedFile text/csv": {
        "one_row": f"{COLUMNS};status;application;errors\r\n{CELLS};accepted;{APPLICATION};\r\n",
    },
    "ReturnedFile application/x-ndjson": {
        "one_row": f'{LINE[:-1]}, "status": "accepted", "application": "{APPLICATION}", "errors": []}}\n',
    },
    "Template text/csv": {"sickness_allowance": f"{COLUMNS}\r\n{CELLS}\r\n"},
    f"Template {XLSX}": {"sickness_allowance": WORKBOOK},
    "Batch": {
        "received": TAKEN,
        "finished": {**TAKEN, "status": "finished", "done": 100, "accepted": 97, "rejected": 3},
    },
    "BatchRowPage": {
        "last": {
            "items": [{"row": 1, "reference": "row-1", "status": "accepted", "application": APPLICATION, "errors": []}],
            "next": None,
        }
    },
}
