"""Every setting, from the environment, with safe defaults. `SANDBOX=1` alone chooses the sandbox."""

import base64
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal import logs
from portal.timetable import timetable

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env("PORTAL_VAR", default=str(BASE_DIR / "var" / "run")))

DEBUG = False
SANDBOX = env.bool("SANDBOX", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"] if SANDBOX else [])
LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "testserver"}
if SANDBOX and not set(ALLOWED_HOSTS) <= LOOPBACK:
    raise ImproperlyConfigured("SANDBOX=1 serves loopback names only; ALLOWED_HOSTS holds more.")

# Keys. Kept outside the database; the process refuses to start without them.
SECRET_KEY = env("SECRET_KEY")
IDENTITY_KEYS = {
    name: base64.urlsafe_b64decode(key) for name, key in (pair.split(":", 1) for pair in env.list("IDENTITY_KEYS"))
}
INDEX_KEY = base64.urlsafe_b64decode(env("INDEX_KEY"))

INSTALLED_APPS = [
    "portal",  # before the admin, whose page frame it replaces
    "modeltranslation",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "axes",
    "csp",
    "oauth2_provider",
    "rest_framework",
    "drf_spectacular",
    "employers",
    "customers",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "portal.every_answer.of_machines",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "employers.organisations.views.limits.limited_sessions",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

DATABASES = {
    "default": {
        **env.db("DATABASE_URL"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "employers.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS, AXES_VERBOSE = True, False
LOGIN_URL = "sign-in"

# Language: fi, sv and en, and nothing else.
LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
MODELTRANSLATION_DEFAULT_LANGUAGE = "fi"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("fi", "sv", "en")
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

# Identification: an OpenID Connect broker of the Finnish Trust Network.
IDENTIFICATION_URL = env("IDENTIFICATION_URL", default="")  # the issuer
IDENTIFICATION_CLIENT = env("IDENTIFICATION_CLIENT", default="portal")
IDENTIFICATION_FOLDER = Path(env("IDENTIFICATION_FOLDER", default=str(VAR_DIR / "identification")))  # our keys
IDENTIFICATION_ACR = env.list(
    "IDENTIFICATION_ACR",
    default=[
        "http://ftn.ficora.fi/2017/loa2",
        "http://ftn.ficora.fi/2017/loa3",
        "http://eidas.europa.eu/LoA/substantial",
        "http://eidas.europa.eu/LoA/high",
    ],
)
if IDENTIFICATION_URL and not SANDBOX and not IDENTIFICATION_URL.startswith("https://"):
    raise ImproperlyConfigured("IDENTIFICATION_URL: outside the sandbox people are identified over https only.")
IDENTIFICATION_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(IDENTIFICATION_URL))] if IDENTIFICATION_URL else []

# Cookies and transport. Plain cookie names in the sandbox: `__Host-` needs TLS.
SESSION_COOKIE_NAME = "session" if SANDBOX else "__Host-session"
CSRF_COOKIE_NAME = "csrf" if SANDBOX else "__Host-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not SANDBOX
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_SECONDS", default=30 * 60)  # renewed with every request
SESSION_LONGEST = env.int("SESSION_LONGEST_SECONDS", default=8 * 3600)  # whatever one does
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # and the cookie outlives the session, so that one can be told that it ended
SESSION_SAVE_EVERY_REQUEST = True
STEP_UP_SECONDS = env.int("STEP_UP_SECONDS", default=5 * 60)  # how fresh an identification a change of account needs
FOUR_EYES_ABOVE = env.int("FOUR_EYES_ABOVE", default=10_000)  # EUR; the first payment to a changed account
SECURE_SSL_REDIRECT = not SANDBOX
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if SANDBOX else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not SANDBOX
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *IDENTIFICATION_ORIGINS],  # signing out goes on to the broker
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
LARGEST_BODY = 20 * 1024 * 1024  # bytes; a batch. Every other call keeps Django's limit above
BATCH_ROWS = env.int("BATCH_ROWS", default=10_000)
BATCH_TURNS = env.int("BATCH_TURNS", default=2)  # batches worked on at once; one sender leaves one of them to others

# How often a machine client may call; a client may have figures of its own. Counted in the database.
API_READS_PER_SECOND = env.float("API_READS_PER_SECOND", default=50)
API_WRITES_PER_SECOND = env.float("API_WRITES_PER_SECOND", default=20)
API_BURST = env.int("API_BURST", default=200)
TOKENS_PER_SECOND = env.float("TOKENS_PER_SECOND", default=5)  # of one client at one address
TOKENS_BURST = env.int("TOKENS_BURST", default=100)
ADDRESS_TOKENS_PER_SECOND = env.float("ADDRESS_TOKENS_PER_SECOND", default=20)  # of all clients at one address
ADDRESS_TOKENS_BURST = env.int("ADDRESS_TOKENS_BURST", default=400)

# Files of a web form stay in memory, and what is larger than any of them may be is dropped: no plain copy on a disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = LARGEST_BODY + 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "employers.records.uploads.TooLarge",
]
UPLOADS_DIR = Path(env("UPLOADS_DIR", default=str(VAR_DIR / "uploads")))  # encrypted; never served by the web server
CLAMD_URL = env("CLAMD_URL", default="")  # tcp://host:port or unix:///path; empty: every document is held

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["portal.api.Renderer"],
    "DEFAULT_PARSER_CLASSES": ["portal.api.Parser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["employers.organisations.permissions.MachineClient"],
    "DEFAULT_PERMISSION_CLASSES": ["employers.organisations.permissions.HasScope", "portal.parameters.AsDescribed"],
    "EXCEPTION_HANDLER": "portal.api.exception_handler",
    "DEFAULT_SCHEMA_CLASS": "portal.described.document.CallSchema",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "DEFAULT_GENERATOR_CLASS": "portal.described.document.Employers",
    "ENABLE_DJANGO_DEPLOY_CHECK": False,  # the tests check the document against real answers
    "TITLE": "Employer portal API",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
}
OAUTH2_PROVIDER_APPLICATION_MODEL = "oauth2_provider.Application"
OAUTH2_PROVIDER = {
    "OAUTH2_VALIDATOR_CLASS": "employers.organisations.permissions.TokenValidator",
    "SCOPES_BACKEND_CLASS": "employers.organisations.permissions.ClientScopes",
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "OAUTH2_SERVER_CLASS": "oauthlib.oauth2.BackendApplicationServer",  # client credentials and nothing else
    # Best current practice (RFC 9700): only a hash of a token is stored, and it travels in the header alone.
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
}

# Celery. The table is the queue; the broker is a doorbell.
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="redis://127.0.0.1:6379/0")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"confirm_publish": True}
    if CELERY_BROKER_URL.startswith("amqp")
    else {
        "visibility_timeout": 900,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 0.5,
    }
)
SWEEP_SECONDS = 1.0 if SANDBOX else 10.0  # the net under the doorbell
CELERY_BEAT_SCHEDULE = timetable(sandbox=SANDBOX, sweep=SWEEP_SECONDS)

# Neighbours
REGISTER_URL = env("REGISTER_URL", default="")
REGISTER_FOLDER = Path(env("REGISTER_FOLDER", default=str(VAR_DIR / "register")))  # our key, their pinned certificate
REGISTER_SFTP_URL = env("REGISTER_SFTP_URL", default="")  # sftp://user@host:port; its keys lie in the folder
REGISTER_PRODUCTION = env.bool("REGISTER_PRODUCTION", default=False)  # said in every message
REGISTER_OWNER = env("REGISTER_OWNER", default="9000000-3")  # the data user's Business ID in every request

# E-mail: EMAIL_URL as smtp+tls://user:password@host:587. The sandbox writes each mail to a file of its own.
PORTAL_URL = env(
    "PORTAL_URL", default="http://127.0.0.1:8000" if SANDBOX else f"https://{next(iter(ALLOWED_HOSTS), 'localhost')}"
)
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", default="Employer portal <portal@localhost>")
vars().update(
    env.email_url("EMAIL_URL", default=f"filemail:///{VAR_DIR / 'mail'}" if SANDBOX else "smtp://localhost:25")
)
EMAIL_TIMEOUT = 20  # seconds

# Who may act, asked at Suomi.fi e-Authorizations. Without an address its button is not shown.
SUOMI_FI_URL = env("SUOMI_FI_URL", default="")
SUOMI_FI_CLIENT_ID = env("SUOMI_FI_CLIENT_ID", default="")
SUOMI_FI_API_KEY = env("SUOMI_FI_API_KEY", default="")
SUOMI_FI_OAUTH_PASSWORD = env("SUOMI_FI_OAUTH_PASSWORD", default="")
SUOMI_FI_ROLES = env("SUOMI_FI_ROLES", default="")  # a file in place of employers/organisations/suomi_fi.toml
SUOMI_FI_PATIENCE = env.float("SUOMI_FI_PATIENCE", default=5)  # seconds without a byte

# The sandbox's clock: seconds added to the real time, kept in a file that every process reads.
CLOCK_FILE = VAR_DIR / "clock" if SANDBOX else None

SILENCED_SYSTEM_CHECKS = ["axes.W003"]

LOGGING = logs.configured(level=env("LOG_LEVEL", default="INFO"), sandbox=SANDBOX)
