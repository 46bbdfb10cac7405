"""What a user may open: own drafts, applications and findings of employers one acts for. Else there is no such page."""

from uuid import UUID

from django.conf import settings
from django.db.models import F, Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from employers.applications.models import Application, ApplicationVersion, Channel, Draft
from employers.applications.models_register import Finding
from employers.organisations import rights
from employers.organisations.access import Actor, actor_for_user, employers_of_user
from employers.organisations.models import Organisation, User
from employers.organisations.views.doors import user_of
from employers.records import clock
from employers.records.readlog import log_reads

ENTER = "employers.enter_application"
ENTERED = (Channel.PAPER, Channel.PHONE)


def allow_temporary() -> bool:
    """Identity codes made for testing are good in the sandbox only."""
    return bool(settings.SANDBOX)


def own_draft(request: HttpRequest, draft_id: UUID) -> Draft:
    """One that is shared by all who may apply for its employer, or that an official began for somebody on paper or
    by telephone. Raises Http404."""
    user = user_of(request)
    organisations = employers_of_user(user, on=clock.today(), right=rights.APPLY)
    drafts = Draft.objects.filter(organisation__in=organisations, channel=Channel.WEB)
    if user.is_staff and user.has_perm(ENTER):
        drafts = drafts | Draft.objects.filter(user=user, channel__in=ENTERED)
    return get_object_or_404(drafts.select_related("organisation", "changed_by"), pk=draft_id)


def is_entered(draft: Draft) -> bool:
    """An official's, who enters what somebody else said."""
    return draft.channel in ENTERED


def actor_on(request: HttpRequest, draft: Draft) -> Actor:
    if is_entered(draft):
        return Actor(role="official", user=user_of(request), principal=draft.organisation)
    return actor(request, draft.organisation)


def employers_seen_by(user: User) -> QuerySet[Organisation]:
    """Those whose applications the user may see: who may apply sees what was sent, who may read decisions also that."""
    on = clock.today()
    applying = employers_of_user(user, on=on, right=rights.APPLY)
    return applying | employers_of_user(user, on=on, right=rights.VIEW_DECISIONS)


def one_application(request: HttpRequest, application_id: UUID) -> Application:
    """With its version in force. Raises Http404."""
    seen = Application.objects.filter(organisation__in=employers_seen_by(user_of(request)))
    return get_object_or_404(with_current_version(seen.select_related("organisation")), pk=application_id)


def one_finding(request: HttpRequest, finding_id: UUID) -> Finding:
    """Raises Http404."""
    organisations = employers_of_user(user_of(request), on=clock.today(), right=rights.APPLY)
    findings = Finding.objects.filter(organisation__in=organisations).select_related("organisation", "person")
    return get_object_or_404(findings, pk=finding_id)


def with_current_version(applications: QuerySet[Application]) -> QuerySet[Application]:
    versions = ApplicationVersion.objects.filter(number=F("application__version"))
    return applications.prefetch_related(Prefetch("versions", queryset=versions, to_attr="current"))


def version_of(application: Application) -> ApplicationVersion:
    """The version in force of an application read `with_current_version`."""
    return application.current[0]  # type: ignore[attr-defined,no-any-return]


def actor(request: HttpRequest, organisation: Organisation, *, right: str = rights.APPLY) -> Actor:
    return actor_for_user(user_of(request), organisation, on=clock.today(), right=right)


def saw(people: list[UUID | None], *, by: Actor, purpose: str, action: str) -> None:
    """Every read of a person's data leaves a row, before the page leaves the door."""
    known = [person for person in people if person]
    if known:
        log_reads(known, reader=by.as_reader(), purpose=purpose, action=action, at=clock.now())
