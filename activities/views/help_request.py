"""Asking for help, and answering, in the browser."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from activities import queries, services
from activities.forms.help_request import ApproveHelpForm, HelpRequestForm
from activities.models import HelpRequest, Source
from core import audit
from core.dates import today
from core.forms import ConfirmationForm, ReasonForm
from core.http import page_of, require
from core.money import format_rupiah
from core.pages import FormPage, crumbs, form_page
from core.permissions import Permission
from members.models import Member


@require(Permission.HELP_ASK)
def help_requests(request):
    rows = HelpRequest.objects.visible_to(request.user).select_related("member", "asked_by")
    context = {
        "waiting": rows.waiting().order_by("asked_on", "pk"),
        "page": page_of(request, rows.exclude(answer="").order_by("-answered_on", "-pk")),
    }
    return render(request, "activities/help_requests.html", context)


@require(Permission.HELP_ASK)
def help_request(request, pk):
    found = _found(request, pk)
    is_waiting = not found.answer
    is_own = found.asked_by_id == request.user.pk
    context = {
        "help": found,
        "visits": found.visits.unreversed().select_related("receipt"),
        "may_withdraw": is_waiting and is_own,
        "may_answer": is_waiting and not is_own and request.user.can(Permission.HELP_DECIDE),
        "events": audit.trail(found, reader=request.user),
    }
    return render(request, "activities/help_request.html", context)


@require(Permission.HELP_ASK)
def ask_for_help(request):
    own = Member.objects.entered(as_of=today()).filter(user=request.user).first()
    form = HelpRequestForm(request.POST or None, as_of=today(), initial={"member": own})
    return form_page(
        request,
        form,
        services.ask_for_help,
        on=today(),
        by=request.user,
        page=FormPage(
            title=_("Ask for help"),
            action=_("Send the request"),
            lead=_("For yourself, for another member or for a neighbour who is ill, bereaved or in need."),
            crumbs=crumbs((_("Help"), "activities:help-requests")),
        ),
        done=_("The request is sent. The officers are notified."),
        to=lambda made: reverse("activities:help-request", args=[made.pk]),
    )


@require(Permission.HELP_DECIDE)
def approve_help(request, pk):
    found = _found(request, pk)
    holds = queries.fund_balance(Source.SOCIAL.fund, as_of=today())
    return form_page(
        request,
        ApproveHelpForm(request.POST or None, initial={"granted": found.amount or None}),
        services.approve_help,
        found,
        on=today(),
        by=request.user,
        page=_page(
            found,
            title=_("Approve help"),
            action=_("Approve"),
            facts=[
                (_("For whom"), found.who),
                (_("What happened"), found.reason),
                (_("Help asked for"), format_rupiah(found.amount) if found.amount else _("a visit")),
                (_("The social fund holds"), format_rupiah(holds)),
            ],
            consequences=[_("Somebody goes there and records the visit; what is given is paid then.")],
        ),
        done=_("The request is approved. Record the visit when somebody has been there."),
    )


@require(Permission.HELP_DECIDE)
def decline_help(request, pk):
    found = _found(request, pk)
    return form_page(
        request,
        ReasonForm(request.POST or None),
        services.decline_help,
        found,
        on=today(),
        by=request.user,
        page=_page(found, title=_("Decline the request"), action=_("Decline"), danger=True),
        done=_("The request is declined. Whoever asked reads the reason."),
    )


@require(Permission.HELP_ASK)
def withdraw_help(request, pk):
    found = _found(request, pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.withdraw_help,
        found,
        on=today(),
        by=request.user,
        page=_page(found, title=_("Withdraw the request"), action=_("Withdraw"), danger=True),
        done=_("The request is withdrawn."),
    )


def _page(found: HelpRequest, **facts) -> FormPage:
    steps = (_("Help"), "activities:help-requests"), (found.who, "activities:help-request", found.pk)
    return FormPage(crumbs=crumbs(*steps), **facts)


def _found(request, pk) -> HelpRequest:
    rows = HelpRequest.objects.visible_to(request.user).select_related("member", "asked_by", "answered_by")
    return get_object_or_404(rows, pk=pk)
