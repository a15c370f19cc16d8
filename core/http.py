"""Between the browser and the services: permission, one-time submission, downloads, what every page carries."""

import datetime
import io
import re
import unicodedata
from functools import wraps
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.text import slugify
from django.utils.translation import get_language, override
from django_htmx.http import HttpResponseClientRedirect

from core import dates
from core.errors import Refused
from core.models import StoredFile
from core.permissions import Permission
from core.workbook import Sheet, build

PAGE_SIZE = 50
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


# -- who may open a page ---------------------------------------------------------------------------------------------


def require(permission: Permission, *, of=None):
    """Let a view through for the roles that hold `permission`; others get 403, strangers the login page.

    `of` names the model whose row the page is about, where other rooms keep its address (`may_open`).
    """

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return _to_login(request)
            if not request.user.can(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission, guarded.of = permission, of
        return guarded

    return decorate


PROVED = "proved_at"
"""In the session of somebody with a second factor: when they last proved it."""

LATELY, WHILE_TYPING = 5 * 60, 20 * 60
"""Seconds after which a page that is opened, and a form that is sent, ask for the second factor again."""


def proved_lately(view):
    """Under `require`: whoever has a second factor proves it again before this page, so that a session left open

    or stolen moves no money, changes no role and closes no month.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        limit = WHILE_TYPING if request.method == "POST" else LATELY
        since = dates.now().timestamp() - request.session.get(PROVED, 0)
        if since > limit and request.user.has_second_factor():
            return redirect(f"{reverse('prove')}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return guarded


def may_open(user, address: str) -> bool:
    """Whether this person can open a page of ours, kept as its address: no page shows a link that ends in a refusal."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return False
    permission, of = getattr(found.func, "permission", None), getattr(found.func, "of", None)
    return (permission is None or user.can(permission)) and (
        of is None or of.objects.visible_to(user).filter(pk=found.kwargs["pk"]).exists()
    )


def _to_login(request):
    """The login page, which leads back here; a fragment that htmx asked for sends its whole page there."""
    if request.htmx:
        return HttpResponseClientRedirect(redirect_to_login(request.htmx.current_url_abs_path or "/").url)
    return redirect_to_login(request.get_full_path())


def public(view):
    """Mark a view that needs no login; the architecture test wants every view to say which it is."""
    view.permission = None
    return view


def client_address(request) -> str:
    """Who knocks, for the throttling of logins: behind our proxy, the address the proxy itself saw."""
    if settings.BEHIND_PROXY and (forwarded := request.headers.get("X-Forwarded-For")):
        return forwarded.rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR", "")


# -- one submission, one service call --------------------------------------------------------------------------------


def submit(form, service, *args, **facts):
    """Call `service(*args, **facts)` for a valid form and return its result, or None where it was refused.

    The form's one-time token is spent in the same transaction, so a double tap is carried out once. A refusal
    becomes an error on the form, which keeps what was typed. What the service writes (memos, receipts, notices) is
    in the language of the cooperative; a refusal is asked for again in that of the reader.
    """
    try:
        with override(settings.LANGUAGE_CODE):
            return _carry_out(form, service, *args, **facts)
    except Refused as refusal:
        told = refusal
    if get_language() != settings.LANGUAGE_CODE:
        try:
            return _carry_out(form, service, *args, **facts)
        except Refused as refusal:
            told = refusal
    form.refuse(told)
    return None


def _carry_out(form, service, *args, **facts):
    with transaction.atomic():
        form.spend_token()
        return service(*args, **facts)


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


SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""For what somebody handed in: in a page of its own, without scripts, forms or our cookies. The style is that which

browsers lay around a picture.
"""


def show(file: StoredFile):
    """A stored photo in the browser, anything else as a download, both in a sandbox. The view has asked whether this

    person may see what it belongs to.
    """
    place = "inline" if file.content_type == "image/jpeg" else "attachment"
    response = HttpResponse(bytes(file.content), content_type=file.content_type)
    response["Content-Disposition"] = f"{place}; filename*=UTF-8''{quote(file.name, safe='')}"
    response["Content-Security-Policy"] = SANDBOX
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


def export(name: str, *sheets: Sheet, on: datetime.date):
    """A list as a workbook: `export(_("members"), Sheet(...), on=today())` saves as `anggota-2026-11-24.xlsx`."""
    return download(build(sheets, on=on), f"{slugify(name)}-{on.isoformat()}.xlsx")


def page_of(request, rows, size=PAGE_SIZE):
    """The page of `rows` that the query string asks for; a word gives the first, a page that is not there the last."""
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
