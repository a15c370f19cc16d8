"""The home page of every role, and the switches for language and colours."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from core import dates
from core.http import public, require
from core.permissions import Permission
from kokkmas.office import search as everywhere
from kokkmas.office.home import page

language = public(set_language)


@public
@require_POST
def theme(request):
    """Remember light or dark in a cookie, or forget it so that the page follows the device."""
    back = request.POST.get("next", "")
    response = redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "home")
    if (chosen := request.POST.get("theme")) in ("light", "dark"):
        response.set_cookie("theme", chosen, max_age=365 * 24 * 3600, secure=settings.PRODUCTION, samesite="Lax")
    else:
        response.delete_cookie("theme")
    return response


@require(Permission.OWN)
def home(request):
    template, context = page(request.user, dates.today())
    return render(request, template, context)


@require(Permission.OWN)
def search(request):
    """One box for everything; the whole number of a paper leads straight to it."""
    text = everywhere.clean(request.GET.get("q", ""))
    groups = everywhere.find(text, request.user, on=dates.today())
    if hit := everywhere.only_one(text, groups):
        return redirect(hit.url)
    context = {"text": text, "groups": groups, "is_enough": everywhere.is_enough(text)}
    return render(request, "search/search.html", context)
