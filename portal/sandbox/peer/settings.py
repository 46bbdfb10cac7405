"""A bare API beside the portal's, for measuring: the same database, server and framework, and nothing else.

`make bench` alone starts it, in a process of its own; nothing of the portal knows it.
"""

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "portal.sandbox.peer.urls"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "rest_framework", "portal.sandbox.peer"]
AUTH_USER_MODEL = "auth.User"
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": [], "UNAUTHENTICATED_USER": None}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["auth.E003"]
