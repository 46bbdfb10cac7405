"""Real PostgreSQL and a real broker in every run; the environment is set before Django loads."""

import os

if "DATABASE_URL" not in os.environ:
    from portal.sandbox.servers import test_environment

    os.environ |= test_environment()

import portal.celery  # noqa: F401  as in manage.py and wsgi.py
