import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import portal.celery  # noqa: F401  the doorbell needs the configured app in every process

application = get_wsgi_application()
assert get_resolver().url_patterns  # loads every view before the server forks: no first caller waits for it
