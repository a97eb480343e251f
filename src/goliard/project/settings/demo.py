"""The demonstration on one's own machine: embedded database, loopback only, demonstration sign-ins."""

from goliard.project.settings.base import *  # noqa: F403 -- settings modules extend one another
from goliard.project.settings.base import DATA
from goliard.project.settings.secrets import secret_key

SECRET_KEY = secret_key(DATA)
DEBUG = False
GOLIARD_DEMO = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
GOLIARD_TOTP_ROLES = []  # one click less on one's own machine; an account may still set it up
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"  # letters stay on this machine, as files
EMAIL_FILE_PATH = DATA / "letters"
