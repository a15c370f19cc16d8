"""One settings file. Development works with no variable set; production refuses to start without its three."""

import contextlib
import datetime
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from kokkmas import embedded

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

PRODUCTION = env.bool("PRODUCTION", default=False)


def required(read, name, *, in_development):
    """The variable's value; in development there is a stand-in, in production there is none."""
    if PRODUCTION and not env.str(name, default=""):
        raise ImproperlyConfigured(f"PRODUCTION is set, so {name} must be set too (see .env.example).")
    return read(name, default=in_development)


SECRET_KEY = required(env.str, "SECRET_KEY", in_development="only-for-development-" + "x" * 40)
DEBUG = not PRODUCTION and env.bool("DEBUG", default=True)
ALLOWED_HOSTS = required(env.list, "ALLOWED_HOSTS", in_development=["localhost", "127.0.0.1", "[::1]", "testserver"])

INSTALLED_APPS = [
    "kokkmas",  # first: its runserver replaces the others
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "lucide",
    "pgtrigger",
    "phonenumber_field",
    "core",
    "members",
    "governance",
    "ledger",
    "treasury",
    "savings",
    "loans",
    "pricing",
    "stock",
    "activities",
    "orders",
    "sales",
    "shu",
    "departures",
    "reports",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.RequestLog",  # pages only
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.LoginMadeSafeFirst",
    "core.replica.ReadFromReplica",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "kokkmas.urls"
WSGI_APPLICATION = "kokkmas.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.http.page",
                "kokkmas.office.navigation.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "core.templatetags.ui",
                "core.templatetags.charts",
            ],
        },
    }
]
FORM_RENDERER = "core.forms.Renderer"

# -- data ------------------------------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def postgresql(url):
    """The entry for DATABASES from `postgresql://user:password@host:5432/name`."""
    with contextlib.suppress(ValueError):  # a port that is no number
        if url.startswith(("postgresql://", "postgres://")):
            database = env.db_url_config(url)
            database.setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
            return database
    raise ImproperlyConfigured("DATABASE_URL must look like postgresql://user:password@host:5432/name.")


DATABASE_URL = required(env.str, "DATABASE_URL", in_development="")
DATABASES = {"default": postgresql(DATABASE_URL) if DATABASE_URL else embedded.server().database()}
RUNTIME_ROLE = DATABASES["default"]["USER"]
"""Who works in the tables; the owner, who made them, is somebody else (kokkmas/keeping)."""
if OWNER_URL := env.str("OWNER_URL", default=""):
    OWNER = {name: postgresql(OWNER_URL)[name] for name in ("USER", "PASSWORD", "HOST", "PORT")}
else:
    OWNER = {} if DATABASE_URL else {"USER": embedded.OWNER}
if REPLICA_URL := env.str("REPLICA_URL", default=""):
    DATABASES["replica"] = postgresql(REPLICA_URL)
for _database in DATABASES.values():
    _database |= {"CONN_MAX_AGE": 60 if PRODUCTION else 0, "CONN_HEALTH_CHECKS": True}
    _database["DISABLE_SERVER_SIDE_CURSORS"] = env.bool("BEHIND_POOLER", default=False)  # which would lose them
DATABASE_ROUTERS = ["core.replica.Router"]
READ_FROM_REPLICA = {"reports"}
REPLICA_LAG = 2  # seconds that a page may be behind the writing of others, where the standby is not synchronous

# -- backup ----------------------------------------------------------------------------------------------------------

BACKUP_FOLDER = Path(env.str("BACKUP_FOLDER", default=str(BASE_DIR / ".data" / "backups")))
BACKUP_KEEPERS = env.list("BACKUP_KEEPERS", default=[])


def second_factor_from(day):
    """From which day officers need a second factor: in production at once, elsewhere never, unless a day is named."""
    if not day:
        return datetime.date.min if PRODUCTION else None
    try:
        return datetime.date.fromisoformat(day)
    except ValueError as error:
        raise ImproperlyConfigured("SECOND_FACTOR_FROM must be a day such as 2026-12-01.") from error


# -- people ----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "core.passwords.KnownNames"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=8) * 3600
SESSION_SAVE_EVERY_REQUEST = False
SECOND_FACTOR_FROM = second_factor_from(env.str("SECOND_FACTOR_FROM", default=""))
AXES_HANDLER = "core.throttle.Throttle"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_CLIENT_IP_CALLABLE = "core.http.client_address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "old_password", "new_password1", "new_password2", "code"]
AXES_LOCKOUT_CALLABLE = "core.error_views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# -- the cooperative, as its papers name it --------------------------------------------------------------------------

COOPERATIVE_NAME = env.str("COOPERATIVE_NAME", default="KOKKMAS – Koperasi Kerajinan Keparakan Mandiri Sejahtera")
COOPERATIVE_CITY = env.str("COOPERATIVE_CITY", default="Yogyakarta")
COOPERATIVE_ADDRESS = env.str(
    "COOPERATIVE_ADDRESS", default="RW 13 Keparakan Kidul, Kecamatan Mergangsan, Kota Yogyakarta"
)

# -- language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
PHONENUMBER_DEFAULT_REGION = "ID"

# -- static files ----------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "kokkmas.finders.PackageFilesFinder",
    "kokkmas.finders.IconsFinder",
]
DRAWN = BASE_DIR / ".data" / "static"
PACKAGE_STATICFILES = [("htmx", "django_htmx/static/django_htmx", ["htmx-2.min.js"])]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = not PRODUCTION

# -- security --------------------------------------------------------------------------------------------------------

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # the collection sheet of 500 members has 3,500 boxes
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION and env.bool("SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # asked by the machine itself, without TLS
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "core.error_views.csrf_failure"

# -- mail and log ----------------------------------------------------------------------------------------------------

MAIL_IS_ON = bool(env.str("EMAIL_URL", default=""))
vars().update(env.email("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="kokkmas@localhost")
SITE_URL = env.str("SITE_URL", default="")  # where e-mails lead to, such as https://kokkmas.example

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "kokkmas": {"handlers": ["console"], "level": "INFO"},
        "django.request": {"level": "ERROR"},  # warnings name the address that was asked for
        "django.server": {"handlers": [], "propagate": False},
        "axes": {"level": "ERROR"},
        "pikepdf": {"level": "CRITICAL"},  # names every flaw in a PDF that it mends
    },
}
