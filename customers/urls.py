"""Every address of the app. No pages: an employer sees nothing of this side."""

from django.urls import URLPattern, URLResolver, include, path

api: list[URLPattern | URLResolver] = [
    path("", include("customers.feedback.urls")),
]
