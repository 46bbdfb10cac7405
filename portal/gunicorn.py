"""The web server's settings, from the environment: `gunicorn -c python:portal.gunicorn portal.wsgi`."""

import os

bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "3"))
worker_class = "sync"
preload_app = True  # load once, fork after: a start takes a third of the time, and memory is shared
timeout = 60  # seconds; the longest call is an upload of a batch
graceful_timeout = 15
# Our own answer to an oversized header (an Idempotency-Key of 10 kB is a 400) instead of gunicorn's bare 431.
limit_request_field_size = 32_768
