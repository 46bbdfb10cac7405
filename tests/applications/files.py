"""Small documents of every kind that is taken, made here, byte by byte or by the libraries that others use."""

import io
import zipfile
from typing import Any

from openpyxl import Workbook
from PIL import Image

from employers.applications.attach import attach
from employers.applications.models import Application, Draft
from employers.applications.models_files import Attachment
from employers.applications.release import release
from portal.sandbox.clamd import EICAR as EICAR
from tests import cast


def pdf(*, body: bytes = b"1 0 obj\n<< /Type /Catalog >>\nendobj\n") -> bytes:
    head = b"%PDF-1.7\n"
    at = len(head) + len(body)
    return head + body + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 >>\nstartxref\n%d\n%%%%EOF\n" % at


def picture(kind: str, *, size: tuple[int, int] = (40, 30)) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, "white").save(kept, kind)
    return kept.getvalue()


def xlsx() -> bytes:
    book, kept = Workbook(), io.BytesIO()
    book.active.append(["Maija", 1200.5])
    book.save(kept)
    return kept.getvalue()


def xlsx_with(**parts: Any) -> bytes:
    """The same workbook with parts added, or put in the place of its own: `xl__vbaProject.bin` is a path."""
    changed = {name.replace("__", "/"): content for name, content in parts.items()}
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx())) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changed.pop(name, old.read(name)))
        for name, content in changed.items():
            new.writestr(name, content)
    return kept.getvalue()


CSV = b"nimi;palkka\nMaija;1200,50\n"
TAKEN = {
    "todistus.pdf": pdf,
    "kuva.jpg": lambda: picture("JPEG"),
    "kuva.JPEG": lambda: picture("JPEG"),
    "kuva.png": lambda: picture("PNG"),
    "palkat.xlsx": xlsx,
    "palkat.csv": lambda: CSV,
}


def checked(to: Application | Draft, *, name: str = "palkat.csv", content: bytes = CSV) -> Attachment:
    """Attached, and found to be clean."""
    attachment = attach(to=to, name=name, content=content, by=cast.by_web(), at=cast.AT)
    release(attachment_id=attachment.pk, at=cast.AT)
    return attachment
