"""Includes only: pages behind a language, the API and the admin without one."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

import customers.urls
import employers.urls
from employers.organisations.views.tokens import Token
from portal import docs, health, openapi, pages

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("", pages.to_language),
    path("language/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("oauth/token", Token.as_view()),
    path("api/docs/", docs.overview, name="api-docs"),
    path("api/docs/<slug:topic>", docs.page, name="api-docs-page"),
    path("api/v1/openapi.json", openapi.OpenAPI.as_view()),
    path("api/v1/agency/openapi.json", openapi.AgencyOpenAPI.as_view()),
    path("", include(employers.urls.without_language)),
    path("api/v1/", include(employers.urls.api)),
    path("api/v1/", include(customers.urls.api)),
    *i18n_patterns(path("", include(employers.urls.pages))),
]

handler400 = "portal.api.bad_request"
handler403 = "employers.organisations.views.missing.forbidden"
handler404 = "portal.api.not_found"
handler500 = "portal.api.server_error"

if settings.SANDBOX:
    urlpatterns[:0] = [
        path("", include("portal.sandbox.urls")),
        *i18n_patterns(path("", include("portal.sandbox.pages"))),
    ]
