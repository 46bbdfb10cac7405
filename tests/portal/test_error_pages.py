"""What one sees when something is wrong, in one's own language."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

LANGUAGES = ["fi", "sv", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", ["400.html", "404.html", "500.html", "403.html", "403_csrf.html"])
def test_page_stands_alone(template: str, language: str) -> None:
    """A server error has no request and may have no database: the page needs neither."""
    with override(language):
        page = render_to_string(template)
    assert f'<html lang="{language}">' in page
    assert "<h1>" in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_unknown_page_in_the_language_of_its_address(client: Client, language: str) -> None:
    response = client.get(f"/{language}/nowhere/")
    assert response.status_code == 404
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.django_db
def test_form_without_its_token_is_explained() -> None:
    response = Client(enforce_csrf_checks=True).post("/en/estimate/", {})
    assert response.status_code == 403
    assert "Please send the page again" in response.content.decode()


@pytest.mark.django_db
def test_pages_allow_nothing_inline(client: Client) -> None:
    policy = client.get("/en/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
