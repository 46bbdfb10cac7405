"""What this stage adds to the list of all codes."""

from functools import cache
from typing import Any

from employers.applications.views.reasons import REASONS
from employers.intake.catalogue import in_all


@cache
def codes() -> dict[str, Any]:
    """Why a finding is set aside, by its kind. Made once, as all codes are."""
    return {
        "dismissal_reasons": [
            {"code": code, "kind": str(kind), "name": in_all(said[0])}
            for kind, reasons in REASONS.items()
            for code, said in reasons.items()
        ]
    }
