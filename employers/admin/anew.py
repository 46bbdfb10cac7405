"""What was said anew about one application: its versions, requests for correction, and decisions that were replaced."""

from typing import Any

from employers.admin import said
from employers.applications.models import Application, Decision
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.queries import paid_so_far
from employers.applications.views import changed


def context(application: Application) -> dict[str, Any]:
    asked = list(application.corrections.select_related("asked_by", "client", "answered_by"))
    return {
        "versions": changed.versions(application) if application.version > 1 else [],
        "corrections": _corrections(application, asked),
        "earlier_decisions": _earlier(application) if application.version > 1 else [],
        "paid_so_far": said.euros(paid_so_far(application.pk)) if application.version > 1 else "",
    }


def waits(application: Application) -> bool:
    return application.corrections.filter(state=CorrectionRequest.State.WAITING).exists()


def _corrections(application: Application, asked: list[CorrectionRequest]) -> list[dict[str, Any]]:
    contents = {one.number: one.content for one in application.versions.all()} if asked else {}
    return [
        {"request": one, "changes": changed.rows(contents[one.version], one.content, benefit=application.benefit)}
        for one in asked
    ]


def _earlier(application: Application) -> list[Decision]:
    decisions = Decision.objects.filter(application=application).select_related("payment", "decided_by")
    return [one for one in decisions.order_by("-id") if one.pk != application.decision_id]
