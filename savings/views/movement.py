"""A member's savings in the browser: the passbook, receiving, paying out, reversing."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.dates import today
from core.forms import ReversalForm
from core.http import page_of, require
from core.money import format_rupiah
from core.pages import FormPage, Unavailable, form_page
from core.permissions import Permission
from savings import papers, queries, services
from savings.forms.movement import DepositForm, JoinForm, PassbookFilter, WithdrawalForm
from savings.models import Movement
from savings.views.common import member_or_404, passbook_crumbs, with_receipt


@require(Permission.SAVINGS_VIEW)
def passbook(request, pk):
    member = member_or_404(request, pk)
    chosen = PassbookFilter(request.GET)
    page = page_of(request, chosen.chosen(queries.passbook(member))[::-1], 30)
    saved, blocks = queries.balances(member, as_of=today()), list(queries.blocks(member, as_of=today()))
    waiting = member.withdrawal_requests.unanswered(as_of=today()).select_related("rules").first()
    context = {
        "member": member,
        "balances": saved,
        "blocks": blocks,
        "free": saved.voluntary - sum(block.amount for block in blocks),
        "terms": queries.running_term_deposits(member, as_of=today()),
        "waiting": waiting,
        "orders": queries.standing_orders(member),
        "actions": queries.passbook_actions(
            member, saved=saved, is_waiting=waiting is not None, user=request.user, as_of=today()
        ),
        "obligation": queries.obligation(member, as_of=today()),
        "filter": chosen,
        "page": page,
        "reversible": [movement.pk for movement in page if movement.is_reversible_by(request.user)],
    }
    return render(request, "savings/movement/passbook.html", context)


@require(Permission.SAVINGS_VIEW)
def passbook_paper(request, pk):
    return papers.passbook_response(member_or_404(request, pk), on=today())


@require(Permission.SAVINGS_DEPOSIT)
def deposit(request, pk):
    member = member_or_404(request, pk)
    obligation, saved = queries.obligation(member, as_of=today()), queries.balances(member, as_of=today())
    first = queries.first_savings(as_of=today())
    form = DepositForm(
        request.POST or None,
        initial=_what_is_owed(obligation),
        principal_is_paid=first is None or saved.principal >= first.principal,
    )
    return form_page(
        request,
        form,
        services.receive_deposit,
        member,
        by=request.user,
        page=FormPage(
            title=_("Receive savings"),
            action=_("Receive the deposit"),
            lead=_("From {member}. A receipt is made at once.").format(member=member),
            crumbs=passbook_crumbs(request, member),
            above="savings/obligation/_owed.html",
            aside="savings/balance/_balances.html",
            context={"obligation": obligation, "balances": saved},
        ),
        done=lambda made: with_receipt(_("Deposit of {amount} received."), made),
    )


@require(Permission.SAVINGS_WITHDRAW)
def withdraw(request, pk):
    member = member_or_404(request, pk)
    return form_page(
        request,
        WithdrawalForm(request.POST or None),
        services.pay_out_savings,
        member,
        by=request.user,
        page=lambda: FormPage(
            title=_("Pay out savings"),
            action=_("Pay out"),
            lead=_("Voluntary savings of {member}, against a receipt to sign.").format(member=member),
            crumbs=passbook_crumbs(request, member),
            above="savings/block/_blocks.html",
            aside="savings/balance/_balances.html",
            context={
                "member": member,
                "balances": queries.balances(member, as_of=today()),
                "blocks": queries.blocks(member, as_of=today()),
            },
        ),
        done=lambda made: with_receipt(_("{amount} paid out."), made),
    )


@require(Permission.SAVINGS_JOIN)
def join(request, pk):
    """The first savings of an admitted applicant; receiving them starts the membership."""
    member, first = member_or_404(request, pk), queries.first_savings(as_of=today())
    unavailable = _not_to_join(member, first)
    parts = [(_("Principal savings"), "principal"), (_("First mandatory savings"), "mandatory")]
    return form_page(
        request,
        JoinForm(request.POST or None),
        services.join,
        member,
        by=request.user,
        page=FormPage(
            title=_("First savings"),
            action=_("Receive the first savings"),
            lead=_("With this payment {name} becomes a member and gets a number.").format(name=member.name),
            amount=None if unavailable else first.total,
            facts=[] if unavailable else [(label, format_rupiah(getattr(first, part))) for label, part in parts],
            unavailable=unavailable,
            crumbs=passbook_crumbs(request, member),
        ),
        done=lambda made: with_receipt(_("{member} is a member now.").format(member=made.member), made),
    )


@require(Permission.SAVINGS_REVERSE)
def reverse_movement(request, pk):
    # Without a receipt no money changed hands: another room posted it here, and undoes it together with its own side.
    movements = Movement.objects.visible_to(request.user).filter(receipt__isnull=False)
    movement = get_object_or_404(movements.select_related("member", "receipt", "entry"), pk=pk)
    return form_page(
        request,
        ReversalForm(request.POST or None),
        services.reverse,
        movement,
        by=request.user,
        page=lambda: FormPage(
            title=_("Reverse a booking"),
            action=_("Reverse the booking"),
            amount=movement.amount,
            consequences=[
                _("{movement} of {member} on {day} is undone by a booking with the sides exchanged.").format(
                    movement=movement, member=movement.member, day=date_format(movement.on, "j F Y")
                ),
                _("Both stay in the passbook and in the journal, with the reason."),
                _("Take back receipt {number}.").format(number=movement.receipt.number),
            ],
            danger=True,
            crumbs=passbook_crumbs(request, movement.member),
        ),
        done=_("The booking is reversed. Both stay in the passbook."),
    )


def _not_to_join(member, first) -> Unavailable | None:
    if member.entered_on:
        return Unavailable(
            _("{name} is a member since {day}.").format(name=member.name, day=date_format(member.entered_on, "j F Y")),
            (_("Open the passbook"), reverse("savings:passbook", args=[member.pk])),
        )
    if not member.admitted_on:
        return Unavailable(_("The board has not admitted this person yet."))
    if not first:
        return Unavailable(
            _("No savings rules are in force yet. The chair must put them in force first."),
            (_("Rules in force"), reverse("governance:rules")),
        )
    return None


def _what_is_owed(obligation):
    """The first guess of a deposit form: what is due of the mandatory savings, or one more voluntary deposit."""
    if obligation and obligation.owed:
        return {"kind": Movement.Kind.MANDATORY, "amount": obligation.owed}
    return {"kind": Movement.Kind.VOLUNTARY}
