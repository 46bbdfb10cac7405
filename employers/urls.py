"""Every address of the app: pages behind a language prefix, calls under /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path

from employers.organisations import api as organisations

pages: list[URLPattern | URLResolver] = [
    path("", include("employers.guidance.urls")),
]

api: list[URLPattern | URLResolver] = [
    path("employers", organisations.Employers.as_view()),
    path("employers/<str:business_id>", organisations.Employer.as_view()),
    path("employers/<str:business_id>/readiness", organisations.Readiness.as_view()),
    path("events", organisations.Events.as_view()),
]
