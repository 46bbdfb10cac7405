"""Documents of an application."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from employers.applications.formats import KINDS
from employers.applications.models_files import Attachment
from portal.described.shape import COUNT, ID, MOMENT, TEXT, Shape, answer, body, maybe, one_of, page
from portal.described.told import PAGED, Told

TAG = _("Documents")
ABOUT = (
    "Documents that go with an application: PDF, JPEG, PNG, XLSX and CSV, 10 MB each, 20 of one application. Each is "
    "held until a scanner has found nothing in it."
)
MULTIPART = "multipart/form-data"
FILE_KINDS = tuple(kind.content_type for kind in KINDS.values())
AT = "/applications/{id}/attachments"

CALLS: Mapping[str, Told] = {
    f"GET {AT}": Told(
        summary=_("List the documents of an application"),
        about="Newest first, with what became of the scan.",
        gives="AttachmentPage",
        query=PAGED,
    ),
    f"POST {AT}": Told(
        summary=_("Attach a document"),
        about="A form with the part `file`, which has a file name, and the part `request` where it answers a request "
        "for information: `curl -F file=@palkkalaskelma.pdf`. Extension, first bytes and structure have to tell the "
        "same kind. The same key stands for the same parts: a body made again may have another boundary.",
        takes="File",
        takes_as=(MULTIPART,),
        parts={"file": FILE_KINDS},
        gives="Attachment",
        status=201,
        keyed=True,
        headers=("Location",),
        refuses={409: ("attachment-exists", "wrong-state")},
    ),
    f"GET {AT}/{{aid}}": Told(
        summary=_("Fetch a document"),
        about="The file as it was attached, once it was checked.",
        gives="Document",
        gives_as=FILE_KINDS,
        headers=("Content-Disposition",),
        refuses={409: ("attachment-held",), 410: ("attachment-refused",)},
    ),
}
SHAPES: Mapping[str, Shape] = {
    "File": body("file", file={"type": "string", "format": "binary"}, request=ID),
    "Document": {"type": "string", "format": "binary"},
    "Attachment": answer(
        id=ID,
        name=TEXT,
        kind=one_of(KINDS),
        size=COUNT,
        sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
        status=one_of(Attachment.State.values),
        request=maybe(ID),
        added_at=MOMENT,
    ),
    "AttachmentPage": page("Attachment"),
}
MEMBERS: Mapping[str, Mapping[str, str]] = {
    "File": {"file": "With a file name whose extension tells its kind.", "request": "The request that it answers."},
    "Attachment": {
        "name": "Without folders, and without characters that do not show.",
        "size": "Bytes.",
        "status": "`held` until it is checked; `released`; `refused`: something harmful was found in it.",
        "request": "The request for information that it answers.",
    },
}
ONE: dict[str, Any] = {
    "id": "0198f3a5-6e10-7d42-a7b9-1c2d3e4f5a6b",
    "name": "palkkalaskelma.pdf",
    "kind": "pdf",
    "size": 48213,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "status": "held",
    "request": None,
    "added_at": "2026-04-20T07:20:00Z",
}
PAY = "month;pay\r\n2026-03;2800.00\r\n"
REQUESTED = "0198f3a1-0b7d-7a92-b0c4-6e5f4d3c2b1a"
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "File": {"pay": {"file": PAY}, "answering": {"file": PAY, "request": REQUESTED}},
    "Document text/csv": {"pay": PAY},
    "Attachment": {"held": ONE},
    "AttachmentPage": {"checked": {"items": [{**ONE, "status": "released"}], "next": None}},
}
