"""One's own account, the inbox, the audit trail, the health page."""

from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.db.utils import DatabaseError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core import audit, notices, services, styleguide
from core.errors import Refused
from core.forms import ConfirmationForm, EmailForm, Form, TopicsForm
from core.http import page_of, public, require, submit
from core.login_views import open_logins
from core.models import Notice, Topic
from core.pages import FormPage, form_page
from core.permissions import Permission


@require(Permission.OWN)
def account(request):
    """A person's own login: who it is, where it is open, where e-mail goes, the way to a new password."""
    form = EmailForm(request.POST or None)
    site = settings.SITE_URL or request.build_absolute_uri("/")
    if form.is_valid():
        email = form.cleaned_data["email"]
        if submit(form, services.ask_for_email, request.user, email=email, site=site):
            text = _("An e-mail is on its way to {email}. Open the link in it within a day.")
            messages.success(request, text.format(email=email))
            return redirect("account")
    return render(
        request, "core/account.html", {"form": form, "mail_is_on": settings.MAIL_IS_ON} | open_logins(request)
    )


@require(Permission.OWN)
@never_cache
def confirm_email(request, proof):
    """Where the link leads. Mail programs open links by themselves, so a button keeps the address, not the visit."""
    try:
        email = services.proved_email(request.user, proof)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("account")
    form = Form(request.POST or None)
    if form.is_valid() and submit(form, services.confirm_email, request.user, proof=proof):
        messages.success(request, _("From now on the cooperative also writes to {email}.").format(email=email))
        return redirect("account")
    return render(request, "core/confirm_email.html", {"form": form, "email": email})


@require(Permission.OWN)
def remove_email(request):
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.remove_email,
        request.user,
        done=_("The cooperative no longer sends you e-mail. News appears in your inbox."),
        page=FormPage(
            title=_("Stop sending me e-mail"),
            action=_("Remove the address"),
            crumbs=[(_("Home"), reverse("home")), (_("My account"), reverse("account"))],
            consequences=[
                _("Your address is removed from the cooperative's books."),
                _("Reminders and news appear in your inbox here, as before."),
            ],
        ),
    )


@require(Permission.OWN)
def email_topics(request):
    chosen = [topic for topic in Topic.values if topic not in request.user.topics_not_mailed]
    return form_page(
        request,
        TopicsForm(request.POST or None, initial={"topics": chosen}),
        services.choose_topics,
        request.user,
        done=_("Your choice is kept."),
        to=lambda user: reverse("account"),
        page=FormPage(
            title=_("What comes by e-mail"),
            crumbs=[(_("Home"), reverse("home")), (_("My account"), reverse("account"))],
        ),
    )


@require(Permission.OWN)
def inbox(request):
    rows = Notice.objects.visible_to(request.user).order_by("-at")
    return render(request, "core/inbox.html", {"page": page_of(request, rows)})


@require(Permission.OWN)
@require_POST
def open_notice(request, pk):
    """Mark a notice read and go where it leads."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    notices.read(notice)
    return redirect(notice.url or "inbox")


@require(Permission.AUDIT_VIEW)
def audit_trail(request):
    rows = audit.visible_to(request.user).order_by("-at", "-pk")
    page = page_of(request, rows)
    page.object_list = [(event, audit.sentence(event)) for event in page.object_list]
    return render(request, "core/audit_trail.html", {"page": page})


@public
@never_cache
def health(request):
    """For the machine that watches: 200 and `ok` while the database answers, 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unreachable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@require(Permission.STYLEGUIDE_VIEW)
def style_guide(request):
    """Every part of the look in all its states, with made-up content."""
    events = audit.visible_to(request.user).order_by("-at")[:3]
    return render(request, "core/styleguide.html", styleguide.context() | {"events": events})
