"""The demonstration on one's own machine: embedded database, loopback only, demonstration sign-ins."""

import os

from goliard.project.settings.base import *  # noqa: F403 -- settings modules extend one another
from goliard.project.settings.base import CSRF_COOKIE_NAME, DATA, SESSION_COOKIE_NAME
from goliard.project.settings.secrets import secret_key

SECRET_KEY = secret_key(DATA)
DEBUG = False
GOLIARD_DEMO = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
GOLIARD_TOTP_ROLES = []  # one click less on one's own machine; an account may still set it up
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"  # letters stay on this machine, as files
EMAIL_FILE_PATH = DATA / "letters"
if own := os.environ.get("GOLIARD_COOKIES", ""):  # cookies know no ports: several installations on one machine would sign each other out
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{SESSION_COOKIE_NAME}_{own}", f"{CSRF_COOKIE_NAME}_{own}"
