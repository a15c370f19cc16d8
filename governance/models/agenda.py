"""The agenda of a meeting: what is talked about, how it is voted on, and what came of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.fields import who
from core.models import NEVER_DELETED
from governance.meeting_triggers import AGENDA_STEPS
from governance.models.meeting import Meeting
from governance.models.subject import OfSubject


class AgendaItem(OfSubject):
    """One item of a meeting's agenda. Passed, it becomes a decision when the meeting closes."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        VOTING = "voting", _("being voted on")
        PASSED = "passed", pgettext_lazy("vote", "passed")
        REJECTED = "rejected", _("rejected")
        TIED = "tied", _("tie")
        NOTED = "noted", _("talked about")
        WITHDRAWN = "withdrawn", _("withdrawn")
        POSTPONED = "postponed", _("postponed")

    class How(models.TextChoices):
        CONSENSUS = "consensus", _("by consensus")
        HANDS = "hands", _("by show of hands")
        OPEN = "open", _("ballot on the phone, open")
        SECRET = "secret", _("ballot on the phone, secret")

    COUNTED = (State.PASSED, State.REJECTED, State.TIED)
    ON_PHONE = (How.OPEN, How.SECRET)

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items", verbose_name=_("meeting"))
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("what is asked of the meeting"), blank=True)
    url = models.CharField(max_length=200, blank=True, help_text="the paper of the item")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    how = models.CharField(_("how it is voted on"), max_length=10, choices=How, blank=True)
    entitled = models.PositiveIntegerField(_("entitled to vote"), null=True, blank=True)
    present = models.PositiveIntegerField(_("present"), null=True, blank=True)
    in_favour = models.PositiveIntegerField(_("in favour"), null=True, blank=True)
    against = models.PositiveIntegerField(_("against"), null=True, blank=True)
    abstained = models.PositiveIntegerField(_("abstained"), null=True, blank=True)
    note = models.CharField(_("in words"), max_length=300, blank=True)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by", help_text="after a tie"
    )
    decision = models.OneToOneField(
        "governance.Decision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agenda_item",
        verbose_name=_("decision"),
    )
    in_effect_from = models.DateField(_("in effect from"), null=True, blank=True)
    in_effect_by = who(null=True, blank=True, verbose_name=_("put in effect by"))

    class Meta:
        verbose_name = _("agenda item")
        ordering = ["meeting", "position", "pk"]
        indexes = [models.Index(fields=["kind", "subject_type", "subject_id"], name="governance_agendaitem_about")]
        constraints = [
            *OfSubject.Meta.constraints,
            models.UniqueConstraint(
                name="governance_agendaitem_one_vote_at_a_time", fields=["meeting"], condition=Q(state="voting")
            ),
            models.UniqueConstraint(
                name="governance_agendaitem_thing_once",
                fields=["meeting", "kind", "subject_type", "subject_id", "detail"],
                condition=Q(state__in=["waiting", "voting", "passed"], subject_id__isnull=False),
            ),
            models.CheckConstraint(
                name="governance_agendaitem_counted",
                condition=Q(
                    state__in=["passed", "rejected", "tied"],
                    how__in=["consensus", "hands", "open", "secret"],
                    entitled__isnull=False,
                    present__isnull=False,
                    in_favour__isnull=False,
                    against__isnull=False,
                    abstained__isnull=False,
                    present__lte=F("entitled"),
                    in_favour__lte=F("present") - F("against") - F("abstained"),
                )
                | (
                    ~Q(state__in=["passed", "rejected", "tied"])
                    & Q(present=None, entitled=None, in_favour=None, against=None, abstained=None)
                ),
                violation_error_message=_("There are more votes than members present. Count again."),
            ),
            models.CheckConstraint(
                name="governance_agendaitem_decided_when_passed", condition=Q(decision=None) | Q(state="passed")
            ),
            models.CheckConstraint(
                name="governance_agendaitem_effect_by_decision",
                condition=Q(in_effect_from=None, in_effect_by=None)
                | Q(in_effect_from__isnull=False, in_effect_by__isnull=False, decision__isnull=False),
            ),
            models.CheckConstraint(
                name="governance_agendaitem_set_aside_why", condition=~Q(state="withdrawn") | ~Q(note="")
            ),
        ]
        triggers = [AGENDA_STEPS, NEVER_DELETED]

    def __str__(self):
        return self.title

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_voting(self) -> bool:
        return self.state == self.State.VOTING

    @property
    def is_counted(self) -> bool:
        return self.state in self.COUNTED

    @property
    def is_secret(self) -> bool:
        return self.how == self.How.SECRET

    @property
    def is_election(self) -> bool:
        return self.kind == "election"
