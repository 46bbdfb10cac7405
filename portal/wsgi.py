import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import portal.celery  # noqa: F401  the doorbell needs the configured app in every process

application = get_wsgi_application()
