"""The home page of every role, and the language switcher."""

from django.shortcuts import render
from django.views.i18n import set_language

from core.http import public, require
from core.permissions import Permission

language = public(set_language)


@require(Permission.OWN)
def home(request):
    return render(request, "home.html")
