"""How a report on its way in becomes a version in the register, and one version the next."""

from copy import deepcopy
from datetime import datetime

from lxml import etree

from portal.sandbox.register.memory import Version
from portal.sandbox.register.xml import canonical, moment

NEW, REPLACEMENT = "1", "2"  # ActionCode
VALID, INVALIDATED = 1, 2
# What a replacement must repeat as it was.
FIXED = (
    "DeliveryData/PaymentPeriod", "DeliveryData/Payer/PayerIds", "DeliveryData/Payer/SubstitutePayer",
    "IncomeEarner/IncomeEarnerIds", "IncomeEarner/PensionInsurance", "IncomeEarner/AccidentInsurance",
    "IncomeEarner/InsuranceExceptions",
)  # fmt: skip
ATHLETE, ORGANISATION = "8", "12"  # IncomeEarnerType
SHARED = ("PaymentPeriod", "ContactPersons", "Payer", "DeliveryDataOwner", "DeliveryDataCreator", "DeliveryDataSender")


def outgoing(
    delivery: etree._Element, item: etree._Element, *, record: str, channel: str, ids: tuple[str, int], at: datetime,
    first_received: str, reference: str | None = None,
) -> Version:  # fmt: skip
    """What an extract will show: the record's head repeated inside the report.

    `ids` are report and version; `reference` is the payer's for a replacement that names the register's alone.
    """
    root = etree.Element("Report")
    head = etree.SubElement(root, "DeliveryData")
    _copy_texts(delivery, head, "Timestamp", "Source", "DeliveryId")
    _add(head, "IRDeliveryId", record)
    _add(head, "DeliveryToIRChannelCode", channel)
    head.extend(deepcopy(part) for name in SHARED if (part := delivery.find(name)) is not None)
    data = etree.SubElement(root, "ReportData")
    _add(data, "IRReportId", ids[0])
    if told := item.findtext("ReportData/ReportId") or reference:
        _add(data, "ReportId", told)
    _add(data, "ReportStatus", str(VALID))
    _add(data, "ReportVersion", str(ids[1]))
    _add(data, "ReceivedTimestamp", first_received)
    _add(data, "VersionReceivedTimestamp", moment(at))
    root.extend(deepcopy(part) for part in item if part.tag != "ReportData")
    return version_of(canonical(root))


def invalidated(version: Version, *, at: datetime) -> Version:
    """The next version: the same content, and status 2."""
    root = etree.fromstring(version.content)
    for name, text in (
        ("ReportStatus", str(INVALIDATED)),
        ("ReportVersion", str(version.number + 1)),
        ("VersionReceivedTimestamp", moment(at)),
    ):
        found = root.find(f"ReportData/{name}")
        assert found is not None
        found.text = text
    return version_of(canonical(root))


def version_of(content: str) -> Version:
    root = etree.fromstring(content)
    return Version(
        report=root.findtext("ReportData/IRReportId", ""),
        number=int(root.findtext("ReportData/ReportVersion", "0")),
        status=int(root.findtext("ReportData/ReportStatus", "0")),
        reference=root.findtext("ReportData/ReportId"),
        payer=_code(root, "DeliveryData/Payer/PayerIds/Id", "1"),
        earner=_code(root, "IncomeEarner/IncomeEarnerIds/Id", "2"),
        paid=root.findtext("DeliveryData/PaymentPeriod/PaymentDate", ""),
        received_at=root.findtext("ReportData/VersionReceivedTimestamp", ""),
        record=root.findtext("DeliveryData/IRDeliveryId", ""),
        fixed="".join(canonical(part) for path in FIXED for part in root.findall(path)) + _fixed_types(root),
        content=content,
    )


def _fixed_types(root: etree._Element) -> str:
    """An athlete stays one, an organisation too; other types of an income earner may change."""
    types = {one.text or "" for one in root.iter("IncomeEarnerType")}
    return ",".join(sorted(types & {ATHLETE, ORGANISATION}))


def _code(root: etree._Element, path: str, kind: str) -> str:
    """Of that type, else whatever identifies the party."""
    ids = {one.findtext("Type", ""): one.findtext("Code", "") for one in root.iterfind(path)}
    return ids.get(kind) or next(iter(ids.values()), "")


def _copy_texts(source: etree._Element, target: etree._Element, *names: str) -> None:
    for name in names:
        if text := source.findtext(name):
            _add(target, name, text)


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = text
