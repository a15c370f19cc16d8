"""Payments that wait for a second approval."""

from urllib.parse import urlencode

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.dates import today
from core.forms import ConfirmationForm, ReasonForm
from core.http import page_of, proved_lately, require, show
from core.models import StoredFile
from core.money import format_rupiah
from core.pages import FormPage, Unavailable, form_page
from core.permissions import Permission
from governance.models import DecisionKind
from ledger.views.entry import origin
from treasury import services
from treasury.forms.spending import ConfirmPaymentForm
from treasury.models import PaymentRequest
from treasury.queries.journal import lines_waiting
from treasury.queries.spending import Limit, limit_for, waiting_requests
from treasury.views.common import crumbs


@require(Permission.LEDGER_VIEW)
def requests(request):
    rows = PaymentRequest.objects.select_related("requested_by", "answered_by")
    context = {
        "waiting": waiting_requests(),
        "page": page_of(request, rows.exclude(answer="").order_by("-answered_on", "-pk")),
    }
    return render(request, "treasury/requests.html", context)


@require(Permission.LEDGER_VIEW)
def request_(request, pk):
    found = _request_or_404(pk)
    is_mine, is_party = found.requested_by == request.user, request.user.pk in found.parties
    context = {
        "payment": found,
        "is_mine": is_mine,
        "may_answer": request.user.can(Permission.PAYMENT_CONFIRM) and not (is_mine or is_party),
        "lines": lines_waiting(found),
        "booked": origin(found.entry, request.user) if found.entry else "",
    }
    return render(request, "treasury/request.html", context)


@require(Permission.LEDGER_VIEW)
def bill(request, pk):
    return show(get_object_or_404(StoredFile, pk=_request_or_404(pk).paper_id))


@require(Permission.PAYMENT_CONFIRM)
@proved_lately
def confirm_payment(request, pk):
    found = _request_or_404(pk)
    limit = limit_for(found.kind, found.channel, on=today())
    needs_decision = limit.needs_decision(found.amount)
    form = ConfirmPaymentForm(request.POST or None, request=found, needs_decision=needs_decision, on=today())
    return form_page(
        request,
        form,
        services.confirm_payment,
        found,
        on=today(),
        by=request.user,
        page=_page(
            found,
            title=_("Confirm the payment"),
            action=_("Confirm and book"),
            consequences=[
                _("It is booked today: {amount}, {channel}.").format(
                    amount=format_rupiah(found.amount), channel=found.get_channel_display()
                ),
                _("{name} asked for it; you give the second approval.").format(name=found.requested_by.name),
            ],
            unavailable=_answered(found) or (_undecided(found, limit) if form.nothing_decided else None),
        ),
        done=_("The payment is confirmed and booked."),
    )


@require(Permission.PAYMENT_CONFIRM)
def decline_payment(request, pk):
    found = _request_or_404(pk)
    return form_page(
        request,
        ReasonForm(request.POST or None),
        services.decline_payment,
        found,
        on=today(),
        by=request.user,
        page=_page(
            found,
            title=_("Decline the payment"),
            action=_("Decline"),
            danger=True,
            unavailable=_answered(found),
        ),
        done=_("The payment is declined. Whoever asked for it reads the reason."),
    )


@require(Permission.LEDGER_VIEW)
def withdraw_request(request, pk):
    found = _request_or_404(pk)
    return form_page(
        request,
        ConfirmationForm(request.POST or None),
        services.withdraw_request,
        found,
        on=today(),
        by=request.user,
        page=_page(
            found,
            title=_("Withdraw the request"),
            action=pgettext("payment request", "Withdraw"),
            danger=True,
            unavailable=_answered(found),
        ),
        done=_("The request is withdrawn. Nothing was booked."),
    )


def _page(found: PaymentRequest, **facts) -> FormPage:
    return FormPage(
        crumbs=crumbs((_("Payment request"), reverse("treasury:request", args=[found.pk]))),
        amount=found.amount,
        facts=[
            (_("With whom"), found.payee),
            (_("Purpose"), found.purpose),
            (_("Kind"), found.get_kind_display()),
            (_("Asked for by"), found.requested_by.name),
        ],
        **facts,
    )


def _answered(found: PaymentRequest) -> Unavailable | None:
    """In place of the form, where there is nothing left to answer."""
    if not found.answer:
        return None
    link = (_("Open the request"), reverse("treasury:request", args=[found.pk]))
    return Unavailable(
        _("This payment was answered already: {answer}.").format(answer=found.get_answer_display()), link
    )


def _undecided(found: PaymentRequest, limit: Limit) -> Unavailable:
    """In place of the form, where a decision is needed and there is none to choose: how to come by one."""
    reason = _(
        "More than {amount} is paid by decision only, and nothing is decided about this payment yet. "
        "Put it on the agenda of a meeting, or ask the board."
    ).format(amount=format_rupiah(limit.decision_above))
    about = urlencode({"kind": DecisionKind.SPENDING, "about": found.pk})
    return Unavailable(reason, (_("Ask the board"), f"{reverse('governance:propose-resolution')}?{about}"))


def _request_or_404(pk) -> PaymentRequest:
    return get_object_or_404(PaymentRequest.objects.select_related("requested_by", "answered_by", "decision"), pk=pk)
