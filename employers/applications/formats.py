"""Which documents are taken: extension, first bytes and structure have to tell the same kind. Bytes in, a kind out."""

import hashlib
import io
import re
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree
from PIL import Image

LARGEST = 10 * 1024 * 1024  # bytes of one document
MOST_PIXELS = 100_000_000  # of a picture; a telephone's largest
MOST_PARTS, LARGEST_INSIDE = 2_000, 60 * 1024 * 1024  # of a workbook: files in it, and bytes once unpacked
PDF_HEAD = re.compile(rb"%PDF-[12]\.\d")
PDF_TAIL = re.compile(rb"startxref\s+\d+\s+%%EOF[\s\0]*\Z")
PDF_STREAM = re.compile(rb"(?<!end)stream\r?\n")
PDF_RUNS = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia)\b")
JPEG, PNG, PNG_END = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RUNS_IN_WORKBOOK = ("vbaproject", "xl/macrosheets/", "xl/activex/", "xl/embeddings/", "xl/ctrlprops/")
WORKBOOKS = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}workbook",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}workbook",
)
# What a broken archive, or one with a password, makes zipfile and lxml raise.
BROKEN = (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, NotImplementedError, RuntimeError, zlib.error, OSError,
          EOFError, ValueError)  # fmt: skip


class Unfit(Exception):
    """The document cannot be taken; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Kind:
    content_type: str
    extensions: tuple[str, ...]
    check: Callable[[bytes], None]


def kind_of(name: str, content: bytes) -> str:
    """Raises Unfit."""
    if not content:
        raise Unfit("file_empty")
    if len(content) > LARGEST:
        raise Unfit("file_too_large")
    kind = _by_extension(name)
    KINDS[kind].check(content)
    return kind


def cleaned(name: str) -> str:
    """A name of a file as it can be shown: no folder, no line breaks, nothing that turns the writing around."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(char for char in last if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    stem, dot, extension = seen.strip().rpartition(".")
    return f"{stem[:150]}{dot}{extension[:10]}"


def fingerprint(content: bytes) -> bytes:
    """SHA-256: the same document again."""
    return hashlib.sha256(content).digest()


def _by_extension(name: str) -> str:
    extension = name.rpartition(".")[2].lower()
    for kind, known in KINDS.items():
        if extension in known.extensions and "." in name:
            return kind
    raise Unfit("file_kind_not_taken")


def _pdf(content: bytes) -> None:
    if not PDF_HEAD.match(content) or not PDF_TAIL.search(content[-2048:]):
        raise Unfit("file_not_what_it_says")
    _refuse_two_in_one(content)
    if any(PDF_RUNS.search(piece) for piece in _outside_streams(content)):
        raise Unfit("file_can_run")


def _outside_streams(content: bytes) -> Iterator[bytes]:
    """In compressed streams the same letters mean nothing. A stream without an end counts as none."""
    before, *rest = PDF_STREAM.split(content)
    yield before
    for piece in rest:
        _stream, end, after = piece.partition(b"endstream")
        yield after if end else piece


def _jpeg(content: bytes) -> None:
    if not content.startswith(JPEG):
        raise Unfit("file_not_what_it_says")
    _picture(content, "JPEG")


def _png(content: bytes) -> None:
    if not content.startswith(PNG) or not content.endswith(PNG_END):
        raise Unfit("file_not_what_it_says")
    _picture(content, "PNG")


def _picture(content: bytes, name: str) -> None:
    _refuse_two_in_one(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is our own
            width, height = _opened(content, name)
    except Image.DecompressionBombError:
        raise Unfit("file_too_large_inside") from None
    except Exception:  # whatever a parser stumbles over, it is not a whole picture
        raise Unfit("file_not_what_it_says") from None
    if width * height > MOST_PIXELS:
        raise Unfit("file_too_large_inside")


def _opened(content: bytes, name: str) -> tuple[int, int]:
    """Width and height. A picture of a fitting size is read: a JPEG at an eighth of its size, which is enough."""
    with Image.open(io.BytesIO(content), formats=[name]) as picture:
        width, height = picture.size
        if width * height <= MOST_PIXELS and name == "JPEG":
            picture.draft("RGB", (max(width // 8, 1), max(height // 8, 1)))
            picture.load()
        else:
            picture.verify()
    return width, height


def _xlsx(content: bytes) -> None:
    if content.startswith(OLE):
        raise Unfit("file_locked")  # a workbook with a password, or of the time before 2007
    if not content.startswith(ZIP):
        raise Unfit("file_not_what_it_says")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _workbook(archive)
    except BROKEN:
        raise Unfit("file_not_what_it_says") from None


def _workbook(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_INSIDE:
        raise Unfit("file_too_large_inside")
    names = [part.filename.lower() for part in parts]
    if any(place in name for name in names for place in RUNS_IN_WORKBOOK):
        raise Unfit("file_can_run")
    if b"macroenabled" in archive.read("[Content_Types].xml").lower():
        raise Unfit("file_can_run")
    book = etree.fromstring(archive.read("xl/workbook.xml"), etree.XMLParser(resolve_entities=False, no_network=True))
    if archive.comment or book.getroottree().docinfo.doctype or book.tag not in WORKBOOKS or archive.testzip():
        raise Unfit("file_not_what_it_says")


def _csv(content: bytes) -> None:
    text = _decoded(content)
    if any(unicodedata.category(char) == "Cc" for char in set(text) - {"\t", "\r", "\n"}):
        raise Unfit("file_not_what_it_says")
    if text.lstrip().startswith(("<", "%PDF", "{\\rtf")):
        raise Unfit("file_not_what_it_says")
    _refuse_two_in_one(content)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unfit("file_not_what_it_says")


def _refuse_two_in_one(content: bytes) -> None:
    """A file that another program opens as something else: an archive behind a picture, a PDF within one."""
    if zipfile.is_zipfile(io.BytesIO(content)) or b"%PDF-" in content[4:1024]:
        raise Unfit("file_not_what_it_says")


KINDS: Mapping[str, Kind] = {
    "pdf": Kind("application/pdf", ("pdf",), _pdf),
    "jpeg": Kind("image/jpeg", ("jpg", "jpeg"), _jpeg),
    "png": Kind("image/png", ("png",), _png),
    "xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",), _xlsx),
    "csv": Kind("text/csv", ("csv",), _csv),
}
