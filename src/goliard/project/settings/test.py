"""Settings of the test suite; `GOLIARD_TEST_DATABASE=postgresql` runs it on a PostgreSQL that `tests/conftest.py` starts."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("GOLIARD_DATA", str(Path(tempfile.gettempdir()) / f"goliard-tests-{os.getpid()}"))

from goliard.project.settings.base import *  # noqa: F403 -- the data folder must be named first
from goliard.project.settings.base import STORAGES

SECRET_KEY = "only-for-tests"  # noqa: S105 -- guards nothing
GOLIARD_DEMO = True
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast: passwords of tests guard nothing
STORAGES = {
    **STORAGES,
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ACCOUNT_RATE_LIMITS = False
GOLIARD_TOTP_ROLES = []  # tests of the second factor name them
if os.environ.get("GOLIARD_TEST_DATABASE") == "postgresql":
    # tests/conftest.py starts the server and fills in HOST before the first connection
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "postgres",
            "USER": "postgres",
            "HOST": os.environ.get("GOLIARD_TEST_HOST", ""),
        }
    }
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True  # serves the packages' own static files, without a collected folder
WHITENOISE_USE_FINDERS = True
