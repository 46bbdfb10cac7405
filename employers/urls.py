"""Every address of the app: pages behind a language prefix, calls under /api/v1/."""

from django.urls import URLPattern, URLResolver

pages: list[URLPattern | URLResolver] = []

api: list[URLPattern | URLResolver] = []
