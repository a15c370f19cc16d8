"""The application's own settings on a throw-away database: only what makes tests fast differs."""

from kokkmas import embedded
from kokkmas.settings import *  # noqa: F403
from kokkmas.settings import DATABASE_URL, DATABASES, MIDDLEWARE

if not DATABASE_URL:
    DATABASES["default"] |= embedded.server(testing=True).database()
    DATABASES["default"]["USER"] = embedded.OWNER

# Logged in as the owner, who makes the databases; tests/roles.py puts journeys and pages into the application's role.
OWNER = {}
RUNTIME_ROLE = embedded.RUNTIME

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEBUG = False
MIDDLEWARE = [*MIDDLEWARE, "tests.reading.OnlyReads"]
