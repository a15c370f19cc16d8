"""The application's own settings on a throw-away database: only what makes tests fast differs."""

from kokkmas import embedded
from kokkmas.settings import *  # noqa: F403
from kokkmas.settings import DATABASE_URL, DATABASES, MIDDLEWARE

if not DATABASE_URL:
    DATABASES["default"] |= embedded.server(testing=True).database()

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEBUG = False
MIDDLEWARE = [*MIDDLEWARE, "tests.reading.OnlyReads"]
