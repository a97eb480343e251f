"""Settings that every installation shares. What differs by place (keys, hosts, database) comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

SOURCE = Path(__file__).resolve().parents[2]  # src/goliard
DATA = Path(os.environ.get("GOLIARD_DATA", "var")).resolve()  # database, uploaded files, static files, the secret key

INSTALLED_APPS = [
    "goliard.portals.shared",
    "goliard.portals.public",
    "goliard.portals.office",
    "goliard.portals.partner",
    "goliard.portals.staff",
    "goliard.portals.student",
    "goliard.api",
    "goliard.apps.journal",
    "goliard.apps.documents",
    "goliard.apps.messaging",
    "goliard.apps.institutions",
    "goliard.apps.people",
    "goliard.apps.accounts",
    "goliard.apps.network",
    "goliard.apps.rates",
    "goliard.apps.funding",
    "goliard.apps.projects",
    "goliard.apps.agreements",
    "goliard.apps.rounds",
    "goliard.apps.applications",
    "goliard.apps.scoring",
    "goliard.apps.placement",
    "goliard.apps.nominations",
    "goliard.apps.grants",
    "goliard.apps.content",
    "goliard.apps.transfer",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "goliard.api.entrance.ApiEntrance",  # before sessions, cookies and pages: a machine has none
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "goliard.portals.shared.middleware.ActorMiddleware",
]

ROOT_URLCONF = "goliard.project.urls"
WSGI_APPLICATION = "goliard.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "goliard.portals.shared.context.house",
                "goliard.portals.office.menu.desk_menu",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("GOLIARD_DATABASE_URL") or f"sqlite:///{DATA / 'goliard.sqlite3'}",
        conn_max_age=None,
    ),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;PRAGMA cache_size=2000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_ADAPTER = "goliard.apps.accounts.adapter.ClosedAccountAdapter"  # nobody opens an account alone
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # who has no account gets no mail from us
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # seconds that the link of a reset or an invitation works
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_ADAPTER = "goliard.apps.accounts.adapter.EncryptingMFAAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the office typed the address, and the invitation proved it
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be 30 seconds off
GOLIARD_TOTP_ROLES = ["administrator", "officer"]  # these roles count only with a second factor
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Goliard"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_arrival"

LANGUAGE_CODE = "en"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "goliard_language"
USE_I18N = True
FORMAT_MODULE_PATH = ["goliard.project.formats"]
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the TOTP code is a data image
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "goliard_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # one cookie less
CSRF_COOKIE_NAME = "goliard_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "goliard.portals.shared.refusals.expired"

GOLIARD_EWP_URL = os.environ.get("GOLIARD_EWP_URL", "").rstrip(
    "/"
)  # where partners reach us: https://exchange.example.org; empty: not there
GOLIARD_EWP_KEY = os.environ.get("GOLIARD_EWP_KEY", "")  # encrypts our private keys; empty: the secret key does
GOLIARD_EWP_CATALOGUE = os.environ.get("GOLIARD_EWP_CATALOGUE", "")  # the registry's catalogue: an https address or a file; empty: nobody
GOLIARD_EWP_ADMIN = os.environ.get("GOLIARD_EWP_ADMIN", "")  # e-mail address of who runs this node, for the manifest
GOLIARD_EWP_PROVIDER = os.environ.get("GOLIARD_EWP_PROVIDER", "Goliard")
GOLIARD_EWP_CA = os.environ.get("GOLIARD_EWP_CA", "")  # a file with further certificate authorities that we trust, such as a local one
GOLIARD_EWP_PRIVATE = os.environ.get("GOLIARD_EWP_PRIVATE", "") == "yes"  # call private addresses too: for a network on one machine
GOLIARD_API_PER_MINUTE = int(
    os.environ.get("GOLIARD_API_PER_MINUTE", "600")
)  # requests of one token, counted by each process of the server
GOLIARD_ARRIVAL_HEADER = os.environ.get("GOLIARD_ARRIVAL_HEADER", "")  # in which the proxy says when a request came; it must overwrite it
GOLIARD_DEMO = False
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
