"""The pages for what went wrong, each with a sentence that says what to do."""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

RETRY_AFTER = 10
"""Seconds after which a page asks again whether the database is back."""


def bad_request(request, exception=None):
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        with translation.override(settings.LANGUAGE_CODE):
            sentence = _("This form holds more than can be taken at once. Nothing was carried out: send it in parts.")
        return _bare_page("errors/400.html", status=413, sentence=sentence)
    return _bare_page("errors/400.html", status=400)


def forbidden(request, exception=None):
    return render(request, "errors/403.html", status=403)


def not_found(request, exception=None):
    return render(request, "errors/404.html", status=404)


def server_error(request):
    """Something broke on our side; where it is the database that is away, the page says so and asks again by itself."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return database_away(request)
    return _bare_page("errors/500.html", status=500)


def database_away(request):
    """The database does not answer: 503, for people and for the proxy, until it does."""
    asked_again = request.method in ("GET", "HEAD")
    response = _bare_page("errors/503.html", status=503, seconds=RETRY_AFTER if asked_again else None)
    response["Retry-After"] = RETRY_AFTER
    response["Cache-Control"] = "no-store"
    return response


def csrf_failure(request, reason=""):
    sentence = _("This form has expired. Go back and send it again.")
    return render(request, "errors/403.html", {"sentence": sentence}, status=403)


def locked_out(request, *args, **kwargs):
    """Too many wrong passwords: said in a sentence, with the time to wait."""
    return render(request, "core/locked_out.html", {"minutes": round(settings.AXES_COOLOFF_TIME * 60)}, status=429)


def _bare_page(template, *, status, **facts):
    """A page without the request: whatever broke, or was never there yet, may break its menu too."""
    with translation.override(settings.LANGUAGE_CODE):
        return HttpResponse(render_to_string(template, facts), status=status)
