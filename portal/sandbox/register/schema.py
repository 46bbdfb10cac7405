"""Whether a message follows the register's schema: by the published XSDs where they are, by its bones elsewhere."""

import os
from functools import cache
from pathlib import Path

from lxml import etree

from portal.sandbox.register.xml import BASE

HEAD = ("Timestamp", "DeliveryDataType", "DeliveryId", "ProductionEnvironment")
PARTIES = ("DeliveryDataOwner/Code", "DeliveryDataCreator/Code", "DeliveryDataSender/Code")
RECORD = tuple(f"DeliveryData/{path}" for path in (*HEAD, *PARTIES))
REPORTS = (
    *RECORD,
    "DeliveryData/PaymentPeriod/PaymentDate",
    "DeliveryData/Payer",
    "DeliveryData/Reports/Report/ReportData",
)
REQUEST = ("Timestamp", "QueryDataType", "ProductionEnvironment", *PARTIES)
MAIN = "DeliveryData/MainSubscription"
# Root: the namespace's tail and what must be there at least.
BONES: dict[str, tuple[str, tuple[str, ...]]] = {
    "Echo": ("Echo", ("Data",)),
    "WageReportRequestToIR": ("WageReportsToIR", REPORTS),
    "WageReportsRequestToIR": ("WageReportsToIR", REPORTS),
    "InvalidationRequestToIR": ("InvalidationsToIR", (*RECORD, "DeliveryData/Items/Item")),
    "InvalidationsRequestToIR": ("InvalidationsToIR", (*RECORD, "DeliveryData/Items/Item")),
    "StatusRequestToIR": ("StatusRequestToIR", ("Timestamp", "DeliveryDataType", "ProductionEnvironment", *PARTIES)),
    "SubscriptionsRequestToIR": ("SubscriptionsToIR", (*RECORD, f"{MAIN}/Schedule", f"{MAIN}/Subscriptions")),
    "SubscriptionsRequestToIRAsync": ("SubscriptionsToIR", (*RECORD, f"{MAIN}/Schedule", f"{MAIN}/Subscriptions")),
    "WageReportsOneIncomeEarnerRequestToIR": ("DataRequestToIR", REQUEST),
    "WageReportsOnePayerRequestToIR": ("DataRequestToIR", REQUEST),
    "WageReportsOnePayerOneIncomeEarnerRequestToIR": ("DataRequestToIR", REQUEST),
}


def follows(root: etree._Element) -> bool:
    name = etree.QName(root).localname
    tail, paths = BONES.get(name, ("", ()))
    if root.tag != f"{{{BASE}/{tail}}}{name}" or any(root.find(path) is None for path in paths):
        return False
    folder = os.environ.get("INCOME_REGISTER_XSD")
    return folder is None or bool(_schema(Path(folder), tail).validate(etree.ElementTree(root)))


@cache
def _schema(folder: Path, tail: str) -> etree.XMLSchema:
    [path] = folder.rglob(f"{tail}.xsd")
    return etree.XMLSchema(etree.parse(path))
