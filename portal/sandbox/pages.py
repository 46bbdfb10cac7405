"""Pages that only the sandbox serves, behind a language; they go before the portal's own."""

from django.urls import path

from portal.sandbox import views

urlpatterns = [
    path("sign-in", views.sign_in_page, name="sign-in"),
]
