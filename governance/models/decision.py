"""What an organ of the cooperative decided, as its minutes say."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import who
from core.models import APPEND_ONLY, StoredFile
from governance.models.subject import OfSubject, named
from governance.triggers import DECIDED_AS_THE_STATUTES_SAY


class DecisionQuerySet(models.QuerySet):
    def about(self, kind: str, thing=None, *, on: datetime.date):
        """Those that can stand behind an act about `thing` on the day, newest first: for the choices of a form.

        `governance.services.decision.require` says why another one cannot.
        """
        of_type, key = named(thing)
        revoked = models.Exists(self.model.objects.filter(revokes=models.OuterRef("pk"), decided_on__lte=on))
        found = self.filter(~revoked, kind=kind, decided_on__lte=on)
        if thing is not None:
            found = found.filter(subject_type=of_type, subject_id=key)
        return found.order_by("-decided_on", "-pk")


class Decision(OfSubject):
    """What an organ decided about one thing. Rules, price lists, offices and SHU name the decision behind them.

    It is born from an item on the agenda, from the answers of the board between meetings, from a law, or it is an old
    paper from before the system. Written once, as minutes are: a mistake is corrected by another decision, and one
    that `revokes` it ends its use.
    """

    class Source(models.TextChoices):
        MEETING = "meeting", _("voted in a meeting")
        CIRCULAR = "circular", _("answered by the board between meetings")
        LAW = "law", _("law or regulation")
        PAPER = "paper", _("paper from before the system")

    class Organ(models.TextChoices):
        MEMBERS_MEETING = "members_meeting", _("members' meeting")
        ANNUAL_MEETING = "annual_meeting", _("annual meeting (RAT)")
        BOARD = "board", _("board meeting")
        LAW = "law", _("law or regulation")

    number = models.CharField(
        _("number"), max_length=40, unique=True, help_text=_("As in the minutes, such as 03/RA/XI/2026.")
    )
    organ = models.CharField(_("organ"), max_length=20, choices=Organ)
    decided_on = models.DateField(_("decided on"))
    title = models.CharField(_("title"), max_length=160, help_text=_("In one line: what was decided."))
    text = models.TextField(_("text"), help_text=_("The wording of the decision, as in the minutes."))
    paper = models.OneToOneField(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the signed paper"),
    )
    recorded_by = who()
    source = models.CharField(_("comes from"), max_length=10, choices=Source)
    entitled = models.PositiveIntegerField(_("entitled to vote"), null=True, blank=True)
    present = models.PositiveIntegerField(_("present"), null=True, blank=True)
    in_favour = models.PositiveIntegerField(_("in favour"), null=True, blank=True)
    against = models.PositiveIntegerField(_("against"), null=True, blank=True)
    abstained = models.PositiveIntegerField(_("abstained"), null=True, blank=True)
    by_consensus = models.BooleanField(_("by consensus"), default=False)
    second_call = models.BooleanField(_("second meeting after a failed quorum"), default=False)
    revokes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="revoked_by",
        verbose_name=_("revokes"),
    )

    article = models.ForeignKey(
        "governance.Article",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("article of the statutes"),
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        indexes = [models.Index(fields=["kind", "subject_type", "subject_id"], name="governance_decision_about")]
        constraints = [
            *OfSubject.Meta.constraints,
            models.CheckConstraint(
                name="governance_decision_source_known",
                condition=Q(source="law", organ="law")
                | Q(source="circular", organ="board")
                | (Q(source__in=["meeting", "paper"]) & ~Q(organ="law")),
            ),
            models.CheckConstraint(
                name="governance_decision_counted",
                condition=Q(source__in=["law", "paper"])
                | Q(
                    entitled__isnull=False,
                    present__isnull=False,
                    in_favour__isnull=False,
                    against__isnull=False,
                    abstained__isnull=False,
                    present__lte=F("entitled"),
                    in_favour__lte=F("present") - F("against") - F("abstained"),
                ),
            ),
            models.CheckConstraint(
                name="governance_decision_revokes_another", condition=Q(revokes=None) | ~Q(revokes=F("pk"))
            ),
            models.CheckConstraint(
                name="governance_decision_organ_known",
                condition=Q(organ__in=["members_meeting", "annual_meeting", "board", "law"]),
            ),
        ]
        triggers = [*APPEND_ONLY, DECIDED_AS_THE_STATUTES_SAY]

    def __str__(self):
        return f"{self.number}: {self.title}"
