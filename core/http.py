"""Between the browser and the services: permission, one-time submission, and what every page carries."""

import datetime
import io
import logging
import re
import time
import unicodedata
from functools import wraps
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.errors import Refused
from core.permissions import Permission
from core.workbook import Sheet, build

log = logging.getLogger("kokkmas.request")

PAGE_SIZE = 50
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


# -- who may open a page ---------------------------------------------------------------------------------------------


def require(permission: Permission):
    """Let a view through for the roles that hold `permission`; others get 403, strangers the login page."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect(f"{resolve_url(settings.LOGIN_URL)}?next={request.get_full_path()}")
            if not request.user.can(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission = permission
        return guarded

    return decorate


def public(view):
    """Mark a view that needs no login; the architecture test wants every view to say which it is."""
    view.permission = None
    return view


# -- one submission, one service call --------------------------------------------------------------------------------


def submit(form, service, *args, **facts):
    """Call `service(*args, **facts)` for a valid form and return its result, or None where it was refused.

    The form's one-time token is spent in the same transaction, so a double tap is carried out once. A refusal
    becomes an error on the form, which keeps what was typed.
    """
    try:
        with transaction.atomic():
            form.spend_token()
            return service(*args, **facts)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


def download(content, filename: str, *, inline=False):
    """Hand over a document: bytes or an open file. `inline` shows a PDF in the browser instead of saving it.

    Never cached on the way: what is in it belongs to one person or to the cooperative.
    """
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    response = FileResponse(file, content_type=TYPES[filename.rpartition(".")[2]])
    plain = unicodedata.normalize("NFKD", filename).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9._ -]", "", plain)
    response["Content-Disposition"] = (
        f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
    )
    response["Cache-Control"] = "no-store"
    return response


def export(name: str, *sheets: Sheet, on: datetime.date):
    """A list as a workbook: `export(_("members"), Sheet(...), on=today())` saves as `anggota-2026-11-24.xlsx`."""
    return download(build(sheets, on=on), f"{slugify(name)}-{on.isoformat()}.xlsx")


def page_of(request, rows, size=PAGE_SIZE):
    """The page of `rows` that the query string asks for; nonsense gives the first, too far gives the last."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


# -- what every page carries -----------------------------------------------------------------------------------------


def page(request):
    """Context of every page: how many notices wait, and what the person may do (`{% if may.SAVINGS_DEPOSIT %}`)."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "unread_notices": user.notices.unread().count(),
        "may": {permission.name: True for permission in Permission if user.can(permission)},
    }


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


class PasswordChangeFirst:
    """A password that somebody else has seen must be changed before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and request.user.must_change_password:
            wanted = resolve_url("password-change")
            if request.path not in (wanted, resolve_url("logout")) and not request.path.startswith(settings.STATIC_URL):
                return redirect(wanted)
        return self.get_response(request)


class RequestLog:
    """One line per request: method, route, status, milliseconds and role. No names, no numbers, no addresses."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        started = time.perf_counter()
        response = self.get_response(request)
        route = request.resolver_match.route if request.resolver_match else "-"
        role = request.user.role if getattr(request, "user", None) and request.user.is_authenticated else "-"
        spent = (time.perf_counter() - started) * 1000
        log.info("%s /%s %s %.0fms %s", request.method, route, response.status_code, spent, role)
        return response


# -- error pages -----------------------------------------------------------------------------------------------------


def bad_request(request, exception=None):
    return render(request, "errors/400.html", status=400)


def forbidden(request, exception=None):
    return render(request, "errors/403.html", status=403)


def not_found(request, exception=None):
    return render(request, "errors/404.html", status=404)


def server_error(request):
    """Rendered without context processors: whatever broke may break them too."""
    with translation.override(settings.LANGUAGE_CODE):
        return HttpResponse(render_to_string("errors/500.html"), status=500)


def csrf_failure(request, reason=""):
    return render(
        request, "errors/403.html", {"sentence": _("This form has expired. Go back and send it again.")}, status=403
    )


def locked_out(request, credentials=None, *args, **kwargs):
    """Too many wrong passwords: said in a sentence, with the time to wait."""
    return render(request, "core/locked_out.html", {"minutes": round(settings.AXES_COOLOFF_TIME * 60)}, status=429)
