"""Access profiles: which parts of a report a reader is not shown. What is masked is left out, never emptied."""

from lxml import etree

from portal.sandbox.register.xml import canonical

IDENTITIES = ("DeliveryData/Payer", "DeliveryData/ContactPersons", "IncomeEarner")
# What is left out, by QueryProfile. A request without a profile sees everything.
PROFILES: dict[str, tuple[str, ...]] = {
    "full": (),
    "pay": ("Absence",),
    "absences": ("Transactions",),
    "no-contacts": ("DeliveryData/ContactPersons",),
    "no-payer": ("DeliveryData/Payer", "DeliveryData/ContactPersons"),
    "no-employment": ("IncomeEarner/Employment",),
    "minimal": (*IDENTITIES, "ReportData/ReportId", "Transactions", "Absence"),
}


def masked(report: str, profile: str | None) -> str:
    hidden = PROFILES[profile or "full"]
    if not hidden:
        return report
    root = etree.fromstring(report)
    for path in hidden:
        for node in root.findall(path):
            parent = node.getparent()
            assert parent is not None
            parent.remove(node)
    return canonical(root)
