"""Every address of the app: pages behind a language prefix, calls under /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path

from employers.applications.api import (
    asking,
    attaching,
    batch_files,
    correcting,
    deciding,
    dismissing,
    drafting,
    findings,
    history,
    listing,
    messaging,
    paying,
    reading,
    reporting,
    sending,
    withdrawing,
)
from employers.guidance import api as guidance
from employers.income_register import api as income_register
from employers.intake import api as intake
from employers.intake import batches
from employers.notifications.api import account, deliveries, feed, webhooks
from employers.notifications.urls import calendars
from employers.organisations import api as organisations
from employers.organisations.urls import well_known

pages: list[URLPattern | URLResolver] = [
    path("", include("employers.organisations.urls")),
    path("", include("employers.applications.urls")),
    path("", include("employers.guidance.urls")),
    path("", include("employers.law.urls")),
    path("", include("employers.notifications.urls")),
]

without_language: list[URLPattern | URLResolver] = [
    path(".well-known/", include(well_known)),
    path("calendar/", include(calendars)),
]

api: list[URLPattern | URLResolver] = [
    path("employers", organisations.Employers.as_view()),
    path("employers/<str:business_id>", organisations.Employer.as_view()),
    path("employers/<str:business_id>/readiness", organisations.Readiness.as_view()),
    path("employers/<str:business_id>/bank-account", account.BankAccount.as_view()),
    path("events", feed.Events.as_view()),
    path("estimates", sending.Estimates.as_view()),
    path("applications", sending.Applications.as_view()),
    path("applications/validate", sending.Validate.as_view()),
    path("applications/search", reading.Search.as_view()),
    path("applications/by-key/<str:key>", reading.ByKey.as_view()),
    path("applications/<uuid:id>", reading.One.as_view()),
    path("applications/<uuid:id>/history", history.History.as_view()),
    path("applications/<uuid:id>/corrections", correcting.Corrections.as_view()),
    path("applications/<uuid:id>/withdrawal", withdrawing.Withdrawal.as_view()),
    path("applications/<uuid:id>/pay-reports", reporting.PayReports.as_view()),
    path("applications/<uuid:id>/messages", messaging.Messages.as_view()),
    path("applications/<uuid:id>/decision", deciding.ApplicationDecision.as_view()),
    path("applications/<uuid:id>/requests", asking.Requests.as_view()),
    path("applications/<uuid:id>/requests/<uuid:rid>/answers", asking.Answers.as_view()),
    path("applications/<uuid:id>/attachments", attaching.Attachments.as_view()),
    path("applications/<uuid:id>/attachments/<uuid:aid>", attaching.One.as_view()),
    path("drafts", drafting.Drafts.as_view()),
    path("drafts/<uuid:id>", drafting.One.as_view()),
    path("drafts/<uuid:id>/submission", drafting.Submission.as_view()),
    path("payments", paying.Payments.as_view()),
    path("webhooks", webhooks.Webhooks.as_view()),
    path("webhooks/<uuid:id>", webhooks.One.as_view()),
    path("webhooks/<uuid:id>/secret", webhooks.Secret.as_view()),
    path("webhooks/<uuid:id>/test", webhooks.Test.as_view()),
    path("webhooks/<uuid:id>/deliveries", deliveries.Deliveries.as_view()),
    path("webhooks/<uuid:id>/deliveries/<uuid:did>/replay", deliveries.Replay.as_view()),
    path("batches", batches.Batches.as_view()),
    path("batches/<uuid:id>", batches.One.as_view()),
    path("batches/<uuid:id>/rows", batches.Rows.as_view()),
    path("batches/<uuid:id>/file", batch_files.File.as_view()),
    path("batches/templates/<str:benefit>", batch_files.Template.as_view()),
    path("register-syncs", income_register.RegisterSyncs.as_view()),
    path("register-syncs/<uuid:id>", income_register.Sync.as_view()),
    path("register-findings", findings.Findings.as_view()),
    path("register-findings/<uuid:id>/dismissal", dismissing.Dismissal.as_view()),
    path("guidance", guidance.Guidance.as_view()),
    path("parameters", intake.Parameters.as_view()),
    path("codes", intake.Codes.as_view(also=listing.codes)),
    path("problems/<str:code>", intake.problem_page),
]
