"""Which device a request comes from: a cookie that nobody can guess, and words that its owner recognises."""

import hashlib
import secrets

from django.conf import settings

from core.models import Login

COOKIE = "device"
KEPT = 400 * 24 * 3600
"""Seconds; browsers keep no cookie longer."""

KNOWN = "known-device "

BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox"} | {
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "Mac"} | {
    "Linux": "Linux"
}


def digest(request) -> str:
    """Of the device's cookie; "" for one that has none."""
    token = request.COOKIES.get(COOKIE, "")
    return hashlib.sha256(token.encode()).hexdigest() if token else ""


def is_known(digest: str, username: str | None) -> bool:
    """Whether this person has logged in with the device, and has not ended that login since."""
    return (
        bool(digest and username)
        and Login.objects.filter(user__username=username, device=digest, ended_at=None).exists()
    )


def remember(request, response) -> None:
    """Let the device be known again; the cookie is renewed at every login."""
    response.set_cookie(
        COOKIE,
        request.COOKIES[COOKIE],
        max_age=KEPT,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def give(request) -> None:
    """A name for a device that has none yet."""
    if not request.COOKIES.get(COOKIE):
        request.COOKIES[COOKIE] = secrets.token_urlsafe(32)


def described(request) -> str:
    """`Chrome, Android`, as far as the browser says."""
    agent = request.headers.get("User-Agent", "")
    found = [next((name for sign, name in names.items() if sign in agent), "") for names in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found)) or "?"
