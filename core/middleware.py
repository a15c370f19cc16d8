"""What happens around every request: its language, the password that must change first, one line in the log."""

import logging
import time

from django.conf import settings
from django.db.utils import DatabaseError
from django.shortcuts import redirect
from django.utils import translation

from core import dates
from core.http import PROVED

log = logging.getLogger("kokkmas.request")


class Language:
    """Indonesian, unless the person chose English in the switcher. The browser's own wish does not count:

    cheap phones come set to English, and their owners read Indonesian.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class LoginMadeSafeFirst:
    """A password that somebody else has seen must be changed before anything else, a second factor set up next."""

    OPEN = ("password-change", "second-factor", "login", "login-code", "logout", "language", "health")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.resolver_match.view_name in self.OPEN:
            return None
        if not request.user.is_authenticated:
            return None
        if request.user.must_change_password:
            return redirect("password-change")
        if PROVED not in request.session and request.user.needs_second_factor(dates.today()):
            return redirect("second-factor")
        return None


class RequestLog:
    """One line per request: method, route, status, milliseconds and role. No names, no numbers, no addresses."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        started = time.perf_counter()
        response = self.get_response(request)
        route = request.resolver_match.route if request.resolver_match else "-"
        spent = (time.perf_counter() - started) * 1000
        log.info("%s /%s %s %.0fms %s", request.method, route, response.status_code, spent, self._role(request))
        return response

    @staticmethod
    def _role(request):
        try:
            return request.user.role if hasattr(request, "user") and request.user.is_authenticated else "-"
        except DatabaseError:
            return "?"
