"""Asking for help of the social fund, and answering."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.errors import ActivityRefused
from activities.models import HelpRequest
from core import audit
from core.models import User
from core.notices import tell, tell_all
from core.permissions import GRANTED, Permission
from core.reversal import given_reason
from members.models import Member

Answer = HelpRequest.Answer


@transaction.atomic
def ask_for_help(
    *,
    occasion: str,
    reason: str,
    on: datetime.date,
    by: User,
    member: Member | None = None,
    neighbour: str = "",
    address: str = "",
    amount: int = 0,
) -> HelpRequest:
    """Ask that somebody in need is visited and helped; those who decide are notified.

    Raises ActivityRefused where it is for nobody or for two, and for a neighbour without an address.
    """
    neighbour, address = neighbour.strip(), address.strip()
    if bool(member) == bool(neighbour):
        raise ActivityRefused(_("Choose a member, or enter the name of a neighbour."), field="member")
    if neighbour and not address:
        raise ActivityRefused(_("Where does this neighbour live? Visitors have to find the house."), field="address")
    request = HelpRequest.objects.create(
        member=member,
        neighbour=neighbour,
        address=address if neighbour else "",
        occasion=occasion,
        reason=given_reason(reason, ActivityRefused),
        amount=amount,
        asked_on=on,
        asked_by=by,
    )
    audit.record("help.asked", request, by=by, on=on)
    roles = [role for role, may in GRANTED.items() if Permission.HELP_DECIDE in may]
    text = _("{name} asks for help for {who}.").format(name=by.name, who=request.who)
    officers = User.objects.filter(is_active=True, role__in=roles).exclude(pk=by.pk)
    tell_all((officer, text, _page(request)) for officer in officers)
    return request


@transaction.atomic
def approve_help(request: HelpRequest, *, granted: int, on: datetime.date, by: User, reason: str = "") -> HelpRequest:
    """Say yes: somebody goes there, with as much as is granted. Never by who asked, nor by who gets it."""
    request = _locked(request)
    _refuse_own(request, by)
    request.granted, request.answer_reason = granted, reason.strip()
    _answer(request, Answer.APPROVED, on=on, by=by)
    audit.record("help.approved", request, by=by, amount=granted, on=on)
    tell(request.asked_by, _("The request for {who} is approved.").format(who=request.who), url=_page(request))
    return request


@transaction.atomic
def decline_help(request: HelpRequest, *, reason: str, on: datetime.date, by: User) -> HelpRequest:
    """Say no, with a reason that whoever asked can read."""
    request = _locked(request)
    _refuse_own(request, by)
    request.answer_reason = given_reason(reason, ActivityRefused)
    _answer(request, Answer.DECLINED, on=on, by=by)
    audit.record("help.declined", request, by=by, on=on)
    text = _("The request for {who} was declined: {reason}").format(who=request.who, reason=request.answer_reason)
    tell(request.asked_by, text, url=_page(request))
    return request


@transaction.atomic
def withdraw_help(request: HelpRequest, *, on: datetime.date, by: User) -> HelpRequest:
    """Take one's own request back before it is answered."""
    request = _locked(request)
    if request.asked_by_id != by.pk:
        raise ActivityRefused(_("Somebody else asked for this. Decline it with a reason."))
    _answer(request, Answer.WITHDRAWN, on=on, by=by)
    audit.record("help.withdrawn", request, by=by, on=on)
    return request


def _answer(request: HelpRequest, answer: str, *, on: datetime.date, by: User) -> None:
    request.answer, request.answered_on, request.answered_by = answer, on, by
    request.save(update_fields=["answer", "granted", "answered_on", "answered_by", "answer_reason"])


def _locked(request: HelpRequest) -> HelpRequest:
    rows = HelpRequest.objects.select_for_update(no_key=True, of=["self"]).select_related("member", "asked_by")
    request = rows.get(pk=request.pk)
    if request.answer:
        raise ActivityRefused(_("This request was answered already. Reload the page."))
    return request


def _refuse_own(request: HelpRequest, by: User) -> None:
    if by.pk == request.asked_by_id:
        raise ActivityRefused(_("You asked for this yourself. Another officer decides."))
    if request.member and request.member.user_id == by.pk:
        raise ActivityRefused(_("This help is for you. Another officer decides."))


def _page(request: HelpRequest) -> str:
    return reverse("activities:help-request", args=[request.pk])
