"""A real installation: secrets and hosts come from the environment, cookies travel over TLS only, no demonstration sign-in can exist."""

import os

from goliard.project.settings.base import *  # noqa: F403 -- settings modules extend one another
from goliard.project.settings.base import DATA
from goliard.project.settings.secrets import secret_key

SECRET_KEY = secret_key(DATA)
DEBUG = False
GOLIARD_DEMO = False
HOSTS = [host for host in os.environ.get("GOLIARD_HOSTS", "").split(",") if host]
ALLOWED_HOSTS = [*HOSTS, "127.0.0.1"]  # the second for the machine's own look at /healthz
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS]
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("GOLIARD_PROXIES", "1"))  # whose word counts for a visitor's address, in limits of sign-in
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("GOLIARD_MAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = os.environ.get("GOLIARD_MAIL_FROM", "exchange-office@localhost")
