"""Settings. Everything that differs between places comes from the environment; the default is a safe local server.

ANSINH_VAR          folder for the database, keys and built files (default: ./var)
ANSINH_SECRET_KEY   the signing key; without it one is made and kept in ANSINH_VAR/secret-key
ANSINH_IDENTITY_KEYS        keys that seal identity numbers, newest first, with commas (`manage.py reseal --new-key` makes one)
ANSINH_IDENTITY_DIGEST_KEY  key of the digest they are found by; while it is being changed: new,old
                    Without them keys are made and kept in ANSINH_VAR, but only for the demo, for developers and for the
                    embedded SQLite; a server with a DATABASE_URL refuses to seal without keys of its own.
ANSINH_HOSTS        host names served, with commas (default: this machine only)
ANSINH_PLAIN_HTTP   1 when served without TLS on this machine (the demo); cookies are then sent over http
ANSINH_DEMO         1 shows on every page that all data are made up
ANSINH_DEBUG        1 for developers
ANSINH_PROXIES      how many proxies of your own stand before the server (default: 0); without it every visitor seems to come from
                    the proxy, and all share one limit of attempts
ANSINH_MAIL         smtp://user:password@host:port (smtps:// for TLS from the start); default: letters are written as files
                    into ANSINH_VAR/mail
ANSINH_MAIL_FROM    the address letters come from
DATABASE_URL        postgresql://user:password@host:port/name (default: SQLite in ANSINH_VAR)
"""

from __future__ import annotations

import base64
import contextlib
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SITE = Path(__file__).parent
VAR = Path(os.environ.get("ANSINH_VAR", "var")).resolve()
VAR.mkdir(parents=True, exist_ok=True)


def _flag(name: str) -> bool:
    return os.environ.get(name, "") == "1"


def _kept(name: str, make: Callable[[], str]) -> str:
    """The text kept in ANSINH_VAR/name, made once, where only this account may read it."""
    kept = VAR / name
    if not kept.exists():
        # Written whole beside it and then linked: of two servers that start at once, both read what one of them wrote.
        number, beside = tempfile.mkstemp(dir=VAR, prefix=f".{name}-")
        with os.fdopen(number, "w") as file:
            file.write(make())
        with contextlib.suppress(FileExistsError):
            os.link(beside, kept)
        Path(beside).unlink()
    return kept.read_text().strip()


def _identity_keys(variable: str, name: str) -> list[str]:
    """The keys of the environment; else one of this machine's own where that is safe enough; else none."""
    given = os.environ.get(variable)
    if given:
        return [key.strip() for key in given.split(",") if key.strip()]
    if DEMO or DEBUG or not os.environ.get("DATABASE_URL"):
        return [_kept(name, lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())]
    return []


def database(url: str | None, file: Path) -> dict[str, Any]:
    """Django's description of a database from its URL; SQLite in WAL mode in `file` when there is none."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": file,
            "OPTIONS": {
                "timeout": 20,
                # Writers queue at BEGIN instead of failing half-way when two upload at once.
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def mail(url: str | None, folder: Path) -> dict[str, Any]:
    """Django's settings of a mail server from its URL; letters as files in `folder` when there is none."""
    if not url:
        folder.mkdir(mode=0o700, exist_ok=True)
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": folder}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"}:
        raise ValueError("ANSINH_MAIL must begin with smtp:// or smtps://")
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if secure else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and bool(parts.password),
        "EMAIL_TIMEOUT": 10,
    }


DEBUG = _flag("ANSINH_DEBUG")
DEMO = _flag("ANSINH_DEMO")
PLAIN_HTTP = _flag("ANSINH_PLAIN_HTTP")
SECRET_KEY = os.environ.get("ANSINH_SECRET_KEY") or _kept("secret-key", lambda: secrets.token_urlsafe(64))
IDENTITY_KEYS = _identity_keys("ANSINH_IDENTITY_KEYS", "identity-key")
IDENTITY_DIGEST_KEYS = _identity_keys("ANSINH_IDENTITY_DIGEST_KEY", "identity-digest-key")
ALLOWED_HOSTS = os.environ.get("ANSINH_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
DATABASES = {"default": database(os.environ.get("DATABASE_URL"), VAR / ("demo.sqlite3" if DEMO else "ansinh.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "ansinh.web.site",
    "ansinh.web.portal",
    "ansinh.web.registry",
    "ansinh.web.payments",
    "ansinh.web.desk",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ansinh.web.site.headers.SafeHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ansinh.web.site.look.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ansinh.web.site.second_factor.SecondFactorFirst",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "ansinh.web.site.urls"
WSGI_APPLICATION = "ansinh.web.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ansinh.web.site.look.look",
            ],
        },
    }
]

AUTH_USER_MODEL = "registry.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "portal:front"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
_RULES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": f"{_RULES}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email")},
    },
    {"NAME": "ansinh.web.site.sign_in.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_RULES}.CommonPasswordValidator"},
    {"NAME": f"{_RULES}.NumericPasswordValidator"},
]

# Signing in (django-allauth). No address signs anybody up: accounts come by invitation (registry/accounts.py).
ACCOUNT_ADAPTER = "ansinh.web.site.sign_in.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True  # For SESSION_COOKIE_AGE, as without allauth.
ACCOUNT_FORMS = {
    "login": "ansinh.web.site.sign_in.SignInForm",
    "change_password": "django.contrib.auth.forms.PasswordChangeForm",
}
# Attempts a minute from one address, where a whole office may sit behind it; and wrong passwords or codes for one name, after
# which nobody signs in under it, with whatever password, until the oldest of them is fifteen minutes old.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/15m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("ANSINH_PROXIES", "0"))
MFA_ADAPTER = "ansinh.web.site.sign_in.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "An Sinh"
# The one thing that lets a visitor of the demo pass without a second factor. It follows DEMO and has no switch of its own.
SECOND_FACTOR_COMPULSORY = not DEMO
INVITATION_DAYS = 7

# In the database, because every worker must count the same attempts: a cache of each process's own would let through as many
# times more as there are workers. Culled far above what offices under attack fill, lest counts be thrown out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "ansinh_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
globals().update(mail(os.environ.get("ANSINH_MAIL"), VAR / "mail"))
DEFAULT_FROM_EMAIL = os.environ.get("ANSINH_MAIL_FROM", "an-sinh@localhost")

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [VAR / "locale"]  # Compiled there from site/locale when the server starts (site/catalogue.py).
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_PACKAGES = VAR / "static-packages"
STATICFILES_DIRS = [STATIC_PACKAGES]
STATIC_PACKAGES.mkdir(exist_ok=True)
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# A roster of 2,000 children is under one megabyte; a larger body is refused before it is read into memory.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
LARGEST_UPLOAD_BYTES = 20 * 1024 * 1024

SESSION_COOKIE_AGE = 8 * 60 * 60  # One working day.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PLAIN_HTTP
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "ansinh.web.site.errors.forged"
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # HSTS preload is for the owner of the domain to ask for, not for us.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
