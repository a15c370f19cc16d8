"""Decisions of the board between meetings: proposed to all, answered by each, decided when all have answered."""

import datetime

from django.db import models, transaction
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import audit
from core.models import Topic, User
from core.notices import tell_all
from core.reversal import given_reason
from governance.errors import GovernanceRefused
from governance.models import Decision, Resolution, ResolutionAnswer
from governance.queries.resolution import entitled
from governance.queries.statutes import requirement
from governance.services.announcement import tell_members
from governance.services.decision import from_resolution
from governance.services.rows import save

Outcome = Resolution.Outcome


@transaction.atomic
def propose_resolution(
    *,
    kind: str,
    subject: models.Model | None,
    title: str,
    text: str,
    on: datetime.date,
    by: User,
    detail: str = "",
) -> Resolution:
    """Put something to the board between meetings; everybody else on the board is asked.

    Raises GovernanceRefused for an act that the statutes or the law leave to the members.
    """
    needed = requirement(kind, on=on)
    if not needed.may_decide(Decision.Organ.BOARD):
        raise GovernanceRefused(
            _("{act} is decided by the {organ} ({article}). Put it on the agenda.").format(
                act=capfirst(needed.act), organ=needed.organ_name, article=needed.source
            )
        )
    resolution = Resolution(kind=kind, detail=detail, title=title, text=text, proposed_on=on, proposed_by=by)
    resolution.subject = subject
    board = entitled(resolution)
    if by not in board:
        raise GovernanceRefused(_("Only a member of the board whom it does not concern can propose this."))
    save(resolution)
    audit.record("resolution.proposed", resolution, by=by, on=on)
    asked = _("The board is asked between meetings. Read it and answer.")
    tell_all((officer, asked, _page(resolution)) for officer in board if officer != by)
    return resolution


@transaction.atomic
def answer_resolution(
    resolution: Resolution, *, agrees: bool, reason: str = "", on: datetime.date, by: User
) -> Resolution:
    """A board member's yes or no; the last answer makes the decision, or says that there is none."""
    resolution = _locked(resolution)
    board = entitled(resolution)
    if by not in board:
        raise GovernanceRefused(_("Only the members of the board whom it does not concern answer."))
    if resolution.answers.filter(by=by).exists():
        raise GovernanceRefused(_("You have answered this already."))
    if not agrees:
        reason = given_reason(reason, GovernanceRefused)
    ResolutionAnswer.objects.create(resolution=resolution, by=by, on=on, agrees=agrees, reason=reason.strip())
    audit.record("resolution.answered", resolution, by=by, agrees=agrees)
    answers = {answer.by_id: answer.agrees for answer in resolution.answers.all()}
    if all(officer.pk in answers for officer in board):
        _end(resolution, [answers[officer.pk] for officer in board], on=on, by=by)
    return resolution


@transaction.atomic
def withdraw_resolution(resolution: Resolution, *, on: datetime.date, by: User) -> Resolution:
    resolution = _locked(resolution)
    if resolution.proposed_by_id != by.pk:
        raise GovernanceRefused(_("Only whoever proposed it takes it back."))
    _close(resolution, Outcome.WITHDRAWN, on=on, by=by)
    return resolution


def _end(resolution: Resolution, answers: list[bool], *, on: datetime.date, by: User) -> None:
    in_favour = sum(answers)
    needed = requirement(resolution.kind, on=on)
    if needed.is_carried(in_favour=in_favour, against=len(answers) - in_favour):
        resolution.decision = from_resolution(resolution, answers=answers, on=on, by=by)
        _close(resolution, Outcome.CARRIED, on=on, by=by)
        # Without what it is about: it goes to a group of all, and may be somebody's loan.
        text = _("The board has decided between meetings, {number}. Read its decision.").format(
            number=resolution.decision.number
        )
        url = reverse("governance:decision", args=[resolution.decision_id])
        tell_members(Topic.DECISION, text, title=_("Decision of the board"), url=url, on=on, by=by)
    else:
        _close(resolution, Outcome.LOST, on=on, by=by)


def _close(resolution: Resolution, outcome: str, *, on: datetime.date, by: User) -> None:
    resolution.outcome, resolution.ended_on = outcome, on
    resolution.save(update_fields=["outcome", "ended_on", "decision"])
    audit.record("resolution.ended", resolution, by=by, outcome=resolution.get_outcome_display())
    text = _("The board has answered: {outcome}.").format(outcome=resolution.get_outcome_display())
    tell_all((officer, text, _page(resolution)) for officer in entitled(resolution) if officer != by)


def _locked(resolution: Resolution) -> Resolution:
    resolution = Resolution.objects.select_for_update(no_key=True).get(pk=resolution.pk)
    if resolution.outcome:
        raise GovernanceRefused(_("This has ended already. Open it again to see how."))
    return resolution


def _page(resolution: Resolution) -> str:
    return reverse("governance:resolution", args=[resolution.pk])
