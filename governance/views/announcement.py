"""Announcements in the browser."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import ConfirmationForm
from core.http import page_of, require
from core.notices import whatsapp
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from governance.forms.announcement import AnnouncementFilter, AnnouncementForm
from governance.models import Announcement
from governance.services import announcement as services


@require(Permission.ANNOUNCEMENT_VIEW)
def announcements(request):
    rows = Announcement.objects.select_related("by").order_by("-on", "-pk")
    found = AnnouncementFilter(request.GET, queryset=rows, user=request.user)
    context = {"filter": found, "page": page_of(request, found.qs)}
    return render(request, "governance/announcement/announcements.html", context)


@require(Permission.ANNOUNCEMENT_VIEW)
def announcement(request, pk):
    found = get_object_or_404(Announcement.objects.select_related("by", "sent_by"), pk=pk)
    parts = [f"*{found.title}*", found.text]
    if found.url:
        parts.append(request.build_absolute_uri(found.url))
    context = {"announcement": found, "whatsapp": whatsapp(None, "\n\n".join(parts))}
    return render(request, "governance/announcement/announcement.html", context)


@require(Permission.ANNOUNCEMENT_MAKE)
def announce(request):
    return form_page(
        request,
        AnnouncementForm(request.POST or None),
        services.announce,
        on=today(),
        by=request.user,
        done=_("Every member with a login has it in the inbox. Send it to the WhatsApp group for the others."),
        to=lambda made: reverse("governance:announcement", args=[made.pk]),
        page=FormPage(title=_("Announce something"), action=_("Announce"), crumbs=_crumbs(), draft="announcement"),
    )


@require(Permission.ANNOUNCEMENT_MAKE)
def mark_announcement_sent(request, pk):
    found = get_object_or_404(Announcement, pk=pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.mark_sent,
        found,
        on=today(),
        by=request.user,
        done=_("Marked as sent over WhatsApp."),
        page=FormPage(
            title=_("Mark as sent"),
            lead=found.title,
            crumbs=_crumbs((found.title, "governance:announcement", found.pk)),
        ),
    )


def _crumbs(*more):
    return crumbs((_("Announcements"), "governance:announcements"), *more)
