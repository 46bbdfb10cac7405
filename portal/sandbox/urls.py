"""What only the sandbox serves."""

from django.urls import URLPattern, URLResolver, path

from portal.sandbox import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/sandbox/reset", api.Reset.as_view()),
    path("api/v1/sandbox/clock", api.Clock.as_view()),
]
