"""Every address of the app: pages behind a language prefix, calls under /api/v1/."""

from django.urls import URLPattern, URLResolver, include, path

pages: list[URLPattern | URLResolver] = [
    path("", include("employers.guidance.urls")),
]

api: list[URLPattern | URLResolver] = []
