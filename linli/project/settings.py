"""Settings: one file, read from the environment. Every variable is optional while LINLI_DEBUG is on."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from linli.lib import clock
from linli.lib.words import gettext_noop

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("LINLI_DATA", "data")).resolve()
DEBUG = os.environ.get("LINLI_DEBUG", "") == "1"
DEMO = os.environ.get("LINLI_DEMO", "") == "1"
HTTPS = not (DEBUG or DEMO)
if DEMO and os.environ.get("LINLI_AS_OF"):
    clock.start_at(clock.parse_moment(os.environ["LINLI_AS_OF"]))

BEHIND_TLS = HTTPS and os.environ.get("LINLI_BEHIND_TLS", "1") == "1"
PROXIES = int(os.environ.get("LINLI_PROXIES", "1" if BEHIND_TLS else "0"))
"""Own proxies in front: that many last addresses of X-Forwarded-For are believed."""

SECRET_KEY = os.environ.get("LINLI_SECRET_KEY", "")
if not SECRET_KEY:
    if HTTPS and os.environ.get("LINLI_NEEDS_SECRET", "") == "1":
        raise ImproperlyConfigured(gettext_noop("LINLI_SECRET_KEY is missing: set it to 50 or more random characters."))
    SECRET_KEY = "insecure-" + hashlib.sha256(str(DATA).encode()).hexdigest()
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("LINLI_SECRET_KEY_FALLBACKS", "").split(",") if key]
"""Secrets of before, newest first: what they signed and sealed still counts. Take them out after a `linli tick`."""
ALLOWED_HOSTS = [host for host in os.environ.get("LINLI_ALLOWED_HOSTS", "").split(",") if host]
if not HTTPS:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "linli.store",
    "linli.web",
    "linli.audit",
    "linli.files",
    "linli.notify",
    "linli.rules",
    "linli.places",
    "linli.organisations",
    "linli.accounts",
    "linli.members",
    "linli.grid",
    "linli.points",
    "linli.walls",
    "linli.activities",
    "linli.demo",
    "linli.home",
    "allauth",  # below our apps: our templates and words come first
    "allauth.account",
    "allauth.mfa",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "linli.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "linli.accounts.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "linli.project.urls"
WSGI_APPLICATION = "linli.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "linli.web.context.shell",
                "linli.home.menu.menu",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "linli.web.templatetags.linli"],
        },
    }
]
FORM_RENDERER = "linli.web.forms.Renderer"


def _database() -> dict[str, Any]:
    url = os.environ.get("LINLI_DATABASE_URL", "") or f"sqlite:///{DATA / 'linli.sqlite3'}"
    if not url.startswith(("sqlite:///", "postgres://", "postgresql://")):
        raise ImproperlyConfigured(gettext_noop("LINLI_DATABASE_URL must begin with sqlite:/// or postgresql://."))
    found: dict[str, Any] = dict(dj_database_url.parse(url))
    if found["ENGINE"].endswith("sqlite3"):
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    found["CONN_MAX_AGE"] = 60  # opening and its PRAGMAs cost more than a kept page
    return found


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [  # the first makes them; those of the others are made anew at the next log-in
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}},
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"},
    "maps": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "maps", "TIMEOUT": None},
}  # kept pages must not push out the counters that limit guessing
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/me/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/5m/key",
    "invitation": "20/10m/ip",
    "map_data": "120/10m/ip",
    "poster": "60/10m/ip",
}
"""`login_failed` counts second-factor codes per user; passwords are counted by axes."""
ACCOUNT_ADAPTER = "linli.accounts.adapter.ClosedSignup"
ACCOUNT_FORMS = {"change_password": "linli.accounts.forms.ChangePassword"}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
MFA_ADAPTER = "linli.accounts.adapter.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Linli"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # a stranger cannot lock the owner out
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "linli.accounts.queries.client_address"
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_DISABLE_ACCESS_LOG = True  # successful log-ins are nobody's figure
AXES_VERBOSE = False
INVITATION_DAYS = 7

LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LANGUAGE_CODE = os.environ.get("LINLI_LANGUAGE", "") or "zh-hans"
"""Of commands, messages and of pages whose reader chose none (ADR 0027); `LANG` of the terminal says nothing."""
if LANGUAGE_CODE not in dict(LANGUAGES):
    raise ImproperlyConfigured(gettext_noop("LINLI_LANGUAGE is not known: choose zh-hans, zh-hant or en."))
LOCALE_PATHS = [PACKAGE / part / "locale" for part in ("access", "lib", "project")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = DATA / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 8000  # a roll has three fields for each member of a working committee

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "linli.web.views.csrf_failed"
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
BASEMAP_URL = os.environ.get("LINLI_BASEMAP_URL", "")
"""Tiles under a map that is edited, like https://…/{z}/{x}/{y}.png; empty: none."""
BASEMAP_HOST = "{0.scheme}://{0.netloc}".format(urlsplit(BASEMAP_URL)) if BASEMAP_URL else ""
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "img-src": [CSP.SELF, "data:", *filter(None, [BASEMAP_HOST])],
    "style-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}

NOTIFY_URLS = [url for url in os.environ.get("LINLI_NOTIFY_URLS", "").split(",") if url]
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},  # a 403 or 404 is an answer, not a fault
        "apprise": {"level": "CRITICAL", "propagate": False},  # it writes addresses with their tokens
    },
}

PAPERS = ("linli.members.papers_shipped.FORMS", "linli.activities.papers.FORMS")
"""The forms to print for which a subdistrict may keep its own Word template, as each app lists them."""

SAYS = {"activity": "linli.activities.queries.said"}
"""Who says in words what a text reference of a kind names, for pages of the apps below."""
