"""Votes: who voted, and for an open ballot what; candidates; the sealed box of a secret one."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import APPEND_ONLY
from governance.meeting_triggers import CANDIDATES_BEFORE_THE_VOTE, VOTE_BY_SOMEBODY_PRESENT
from governance.models.agenda import AgendaItem
from governance.models.attendance import Attendance
from members.models import Member


class Candidate(models.Model):
    """A member who stands for the office of an election. `votes` is written when they are counted."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="candidates")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="candidacies", verbose_name=_("member"))
    votes = models.PositiveIntegerField(_("votes"), null=True, blank=True)
    is_elected = models.BooleanField(_("elected"), default=False)

    class Meta:
        verbose_name = _("candidate")
        ordering = ["item", "member__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "member"], name="governance_candidate_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(is_elected=True), name="governance_candidate_one_elected"
            ),
        ]
        triggers = [CANDIDATES_BEFORE_THE_VOTE]

    def __str__(self):
        return self.member.name


class Vote(models.Model):
    """That a member has voted on an item, once. What they voted stands here where the ballot is open, and nowhere

    where it is secret: the sum of a secret ballot is in its sealed box until it is counted. The vote hangs on the
    attendance, so nobody votes who is not present, and nobody for another.
    """

    class Choice(models.TextChoices):
        FOR = "for", pgettext_lazy("vote", "in favour")
        AGAINST = "against", pgettext_lazy("vote", "against")
        ABSTAIN = "abstain", pgettext_lazy("vote", "abstain")

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="votes")
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="votes")
    choice = models.CharField(max_length=10, choices=Choice, blank=True)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("vote")
        constraints = [
            models.UniqueConstraint(fields=["item", "attendance"], name="governance_vote_once"),
            models.CheckConstraint(
                name="governance_vote_known_choice",
                condition=Q(choice__in=["", "for", "against", "abstain"]) & (Q(candidate=None) | Q(choice="for")),
            ),
        ]
        triggers = [VOTE_BY_SOMEBODY_PRESENT, *APPEND_ONLY]

    def __str__(self):
        return f"{self.item_id}: {self.attendance_id}"


class BallotBox(models.Model):
    """The sums of a secret ballot while it runs, sealed with a key that is not in the database; then emptied.

    One row that is written anew with every vote: there is no row for a single vote, and nothing to compare it with.
    """

    # Without a constraint of the database: its deferred check would keep the table from being truncated.
    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="box", db_constraint=False)
    salt = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("ballot box")
        triggers = [
            pgtrigger.ReadOnly(name="box_stays", fields=["item", "salt"]),
        ]

    def __str__(self):
        return str(self.item_id)
