"""What waits to be decided, and what a decision has set in motion."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from core import hooks
from core.dates import long_date
from governance.models import ArticleVersion, Case, Decision, DecisionKind, Office, RulesProposal, VersionedRules
from governance.queries.rules import set_by
from members.models import Member

ONE_THING = (
    DecisionKind.PRICE_LIST,
    DecisionKind.ELECTION,
    DecisionKind.REMOVAL,
    DecisionKind.DISMISSAL,
    DecisionKind.SANCTION,
    DecisionKind.WRITE_OFF,
    DecisionKind.RESTRUCTURING,
    DecisionKind.SHU,
    DecisionKind.SPENDING,
)
"""The kinds of act whose decision always names one thing."""


def things(kind: str, *, as_of: datetime.date) -> models.QuerySet:
    """What an act of this kind can be decided about today.

    The room that keeps the things answers the hook `decides.<kind>` with a function of the day that gives a queryset.
    """
    if answer := hooks.answer("decides", kind):
        return answer(as_of)
    return {
        DecisionKind.RULES: RulesProposal.objects.open(),
        DecisionKind.DUES: RulesProposal.objects.open(),
        DecisionKind.ELECTION: Member.objects.entered(as_of=as_of).order_by("name"),
        DecisionKind.DISMISSAL: Member.objects.entered(as_of=as_of).order_by("name"),
        DecisionKind.REMOVAL: Office.objects.held(as_of=as_of).select_related("member"),
        DecisionKind.STATUTES: ArticleVersion.objects.drafts().select_related("article__statute"),
        DecisionKind.SANCTION: Case.objects.open(as_of=as_of),
    }.get(kind, Decision.objects.none())


def for_rules(kind: type[VersionedRules], proposal: RulesProposal | None, *, on: datetime.date):
    """The decisions that can put these rules in force: about the proposal, the rules, or a paper on rules."""
    if kind.by_law:
        return Decision.objects.filter(source=Decision.Source.LAW, decided_on__lte=on).order_by("-decided_on", "-pk")
    found = Decision.objects.about(kind.kind_of_act, kind, on=on)
    if proposal is not None:
        found = found | Decision.objects.about(kind.kind_of_act, proposal, on=on)
    general = Decision.objects.filter(
        kind__in=["rules", "dues", "statutes"], source=Decision.Source.PAPER, subject_type="", decided_on__lte=on
    )
    return (found | general).order_by("-decided_on", "-pk")


@dataclass(frozen=True)
class Standing:
    """Something that a decision set in motion, and until when it stays so if the decision is revoked."""

    what: str
    until: str
    url: str = ""


def standing(decision: Decision, *, as_of: datetime.date) -> list[Standing]:
    """What this decision put in force and what ends it: said where a decision was revoked.

    Nothing in force is undone by revoking: rules hold until the next version, a term runs to its last day.
    """
    found = [
        Standing(
            str(version.rules),
            _("until the next version starts"),
            reverse("governance:rules-history", args=[version.key]),
        )
        for version in set_by(decision, as_of=as_of)
    ]
    found += [
        Standing(str(office), _("until {day}").format(day=long_date(office.ends_on)), reverse("governance:offices"))
        for office in decision.offices.select_related("member")
    ]
    found += [
        Standing(str(version), _("until the article is changed again"), reverse("governance:statutes"))
        for version in decision.article_versions.select_related("article__statute")
    ]
    return found
