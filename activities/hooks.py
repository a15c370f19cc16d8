"""Answers to rooms below (`core.hooks`): a member's part of the data copy, pages of entries, effects of new rules."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from activities.models import Aid, DuesPayment, DuesRules, HelpRequest, Participant, ProgrammeExpense, Visit
from core.money import format_rupiah
from governance.effects import Effect
from ledger.models import Entry
from members.models import Member
from members.personal_data import plain


def dues(member: Member) -> list[dict]:
    rows = DuesPayment.objects.filter(member=member).select_related("receipt").order_by("month", "pk")
    return [plain(row, "month", "amount", "channel", "on", "receipt", "reversed_on") for row in rows]


def programmes(member: Member) -> list[dict]:
    rows = Participant.objects.filter(member=member).select_related("programme").order_by("joined_on", "pk")
    return [plain(row, "programme", "joined_on", "came") for row in rows]


def aid(member: Member) -> list[dict]:
    rows = Aid.objects.filter(member=member).order_by("on", "pk")
    return [
        plain(row, "kind", "what", "worth", "is_money", "on", "due_back_on", "returned_on", "reversed_on")
        for row in rows
    ]


def help_requests(member: Member) -> list[dict]:
    rows = HelpRequest.objects.filter(member=member).order_by("asked_on", "pk")
    return [
        plain(row, "occasion", "reason", "amount", "asked_on", "answer", "granted", "answer_reason") for row in rows
    ]


def visits(member: Member) -> list[dict]:
    """Who came to see them, why, and what was given."""
    rows = Visit.objects.filter(member=member).order_by("on", "pk")
    return [plain(row, "on", "reason", "visitors", "report", "amount", "reversed_on") for row in rows]


def _key(entry: Entry) -> int:
    return int(entry.reference.split(":")[1])


def page_of_aid(entry: Entry) -> str:
    return reverse("activities:reverse-aid", args=[_key(entry)])


def page_of_collection(entry: Entry) -> str:
    """The sheet of the meeting whose count found the difference (`entries.collection`)."""
    return reverse("activities:collect", args=[_key(entry)])


def page_of_dues(entry: Entry) -> str:
    """The dues of the member, where the payment stands with its reversal (`entries.dues`)."""
    member = DuesPayment.objects.filter(entry=entry).values_list("member", flat=True).first()
    return reverse("activities:dues-of", args=[member]) if member else ""


def page_of_expense(entry: Entry) -> str:
    programme = ProgrammeExpense.objects.filter(pk=_key(entry)).values_list("programme", flat=True).first()
    return reverse("activities:programme", args=[programme]) if programme else ""


def page_of_visit(entry: Entry) -> str:
    return reverse("activities:visit", args=[_key(entry)])


def of_dues_rules(proposed: DuesRules, current: DuesRules | None, *, as_of: datetime.date) -> list[Effect]:
    """What every member would pay more or less a month, and what of it the funds would get."""
    count, difference = (
        Member.objects.entered(as_of=as_of).count(),
        proposed.amount - (current.amount if current else 0),
    )
    effects = []
    if difference:
        note = _("{amount} more a month each") if difference > 0 else _("{amount} less a month each")
        question = _("Members whose dues change")
        effects.append(Effect(question, count, count, note.format(amount=format_rupiah(abs(difference)))))
    for question, part in (
        (_("Dues that go into the social fund"), "to_social_fund"),
        (_("Dues that go into the education fund"), "to_education_fund"),
    ):
        new, old = getattr(proposed, part), getattr(current, part) if current else 0
        if new != old:
            note = _("{new} instead of {old} of each month").format(new=format_rupiah(new), old=format_rupiah(old))
            effects.append(Effect(question, count, count, note))
    return effects
