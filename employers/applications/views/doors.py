"""What a user may open: own drafts, applications and findings of employers one acts for. Else there is no such page."""

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db.models import F, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from employers.applications.models import Application, ApplicationVersion, Channel, Draft
from employers.applications.models_register import Finding
from employers.applications.models_threads import Thread
from employers.organisations import rights
from employers.organisations.access import Actor, actor_for_user, covered, employers_of_user, rights_of_user
from employers.organisations.models import Organisation, User
from employers.organisations.views.doors import user_of
from employers.organisations.views.missing import MissingRight
from employers.records import clock
from employers.records.readlog import log_reads

ENTER = "employers.enter_application"
ENTERED = (Channel.PAPER, Channel.PHONE)
# The employer's to go on with: begun here or by a program, or claimed by a report of its own.
OWN = (Channel.WEB, Channel.API, Channel.REGISTER)

CHANGED_BY = ("changed_by", "acting_organisation")  # of a draft: whose names are shown


def allow_temporary() -> bool:
    """Identity codes made for testing are good in the sandbox only."""
    return bool(settings.SANDBOX)


def own_draft(request: HttpRequest, draft_id: UUID) -> Draft:
    """One that is shared by all who may prepare its benefit for its employer, or that an official began for somebody
    on paper or by telephone. Raises Http404."""
    user = user_of(request)
    drafts = Draft.objects.filter(covered(user, on=clock.today(), needed=rights.to_prepare), channel__in=OWN)
    if user.is_staff and user.has_perm(ENTER):
        drafts = drafts | Draft.objects.filter(user=user, channel__in=ENTERED)
    return get_object_or_404(drafts.select_related("organisation", *CHANGED_BY), pk=draft_id)


def is_entered(draft: Draft) -> bool:
    """An official's, who enters what somebody else said."""
    return draft.channel in ENTERED


def actor_on(request: HttpRequest, draft: Draft) -> Actor:
    if is_entered(draft):
        return Actor(role="official", user=user_of(request), principal=draft.organisation)
    return actor_about(request, draft.organisation, draft.benefit)


def seen_by(user: User) -> Q:
    """Applications and threads that the user may see: who may apply sees what was sent, who may read decisions also
    that; of occupational health care, who may prepare or send it."""
    return covered(user, on=clock.today(), needed=rights.to_see)


def threads_seen_by(user: User) -> QuerySet[Thread]:
    """Whatever one asked oneself about no benefit is one's own, too."""
    known = employers_of_user(user, on=clock.today())
    return Thread.objects.filter(seen_by(user) | of_nothing_by(user) & Q(organisation__in=known))


def of_nothing_by(user: User) -> Q:
    return Q(benefit="", user=user)


def one_application(request: HttpRequest, application_id: UUID) -> Application:
    """With its version in force. Raises Http404."""
    seen = Application.objects.filter(seen_by(user_of(request)))
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


def held_of(request: HttpRequest, organisation: Organisation) -> list[str]:
    return rights_of_user(user_of(request), organisation, on=clock.today())


def refuse_without(held: Collection[str], needed: Collection[str], organisation: Organisation) -> None:
    """Raises MissingRight, which names the first of the rights that would do."""
    if not rights.may(held, needed):
        raise MissingRight(organisation, next(iter(needed)))


def actor_about(request: HttpRequest, organisation: Organisation, benefit: str) -> Actor:
    """By the mandate that gives most of what concerns this benefit."""
    if benefit != rights.OCCUPATIONAL_HEALTH:
        return actor(request, organisation)
    return actor(request, organisation, right=strongest(benefit, held_of(request, organisation)))


def strongest(benefit: str, held: Collection[str]) -> str:
    """The right by which one looks at what was sent."""
    return next((right for right in rights.to_see(benefit) if right in held), rights.VIEW_DECISIONS)


def saw(people: list[UUID | None], *, by: Actor, purpose: str, action: str) -> None:
    """Every read of a person's data leaves a row, before the page leaves the door."""
    known = [person for person in people if person]
    if known:
        log_reads(known, reader=by.as_reader(), purpose=purpose, action=action, at=clock.now())
