"""Every table of the app, stage by stage. The stages own them; this page only says where they are."""

from employers.applications.models import (
    Application,
    ApplicationVersion,
    Decision,
    Draft,
    InformationRequest,
    Payment,
    RequestItem,
    StatusChange,
)
from employers.applications.models_corrections import CorrectionRequest
from employers.applications.models_files import Attachment
from employers.applications.models_register import Finding, RegisterClaim, RegisterReview
from employers.applications.models_threads import Message, Thread
from employers.guidance.models import GuidanceTopic, GuidanceVote
from employers.income_register.models import (
    PaidAbsence,
    QuarantinedReport,
    RegisterCursor,
    RegisterSync,
    ReportVersion,
)
from employers.income_register.models_subscriptions import RegisterAlarm, RegisterSubscription
from employers.intake.models import Batch, BatchRow, BatchTurn
from employers.intake.models_previews import Preview
from employers.law.models import ConfirmedValue
from employers.notifications.models import CalendarFeed, Mail, NewsCursor
from employers.notifications.models_webhooks import WebhookDelivery, WebhookEndpoint
from employers.organisations.models import ClientSystem, Mandate, Organisation, RegisterRole, User
from employers.organisations.models_account import AccountChange, Address, ConsentChange
from employers.organisations.models_clients import (
    ClientChange,
    ClientKey,
    ClientSecret,
    RightsRequest,
    SpentAssertion,
)
from employers.organisations.models_mandates import Representation, RightsChange, RightsQuery
from employers.people.models import Employment, Person
from employers.records.models import Event, IdempotencyKey, ReadLog, Slot
from employers.records.models_rates import RateCount

__all__ = [
    "AccountChange",
    "Address",
    "Application",
    "ApplicationVersion",
    "Attachment",
    "Batch",
    "BatchRow",
    "BatchTurn",
    "CalendarFeed",
    "ClientChange",
    "ClientKey",
    "ClientSecret",
    "ClientSystem",
    "ConfirmedValue",
    "ConsentChange",
    "CorrectionRequest",
    "Decision",
    "Draft",
    "Employment",
    "Event",
    "Finding",
    "GuidanceTopic",
    "GuidanceVote",
    "IdempotencyKey",
    "InformationRequest",
    "Mail",
    "Mandate",
    "Message",
    "NewsCursor",
    "Organisation",
    "PaidAbsence",
    "Payment",
    "Person",
    "Preview",
    "QuarantinedReport",
    "RateCount",
    "ReadLog",
    "RegisterAlarm",
    "RegisterClaim",
    "RegisterCursor",
    "RegisterReview",
    "RegisterRole",
    "RegisterSubscription",
    "RegisterSync",
    "ReportVersion",
    "Representation",
    "RequestItem",
    "RightsChange",
    "RightsQuery",
    "RightsRequest",
    "Slot",
    "SpentAssertion",
    "StatusChange",
    "Thread",
    "User",
    "WebhookDelivery",
    "WebhookEndpoint",
]
