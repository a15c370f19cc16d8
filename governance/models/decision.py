"""What an organ of the cooperative decided, as its minutes say."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import who
from core.models import APPEND_ONLY, StoredFile


class Decision(models.Model):
    """What an organ decided, numbered as in its minutes. Rules, price lists and SHU name the decision behind them.

    Written once, as minutes are: a mistake is corrected by another decision.
    """

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

    class Meta:
        verbose_name = _("decision")
        constraints = [
            models.CheckConstraint(
                name="governance_decision_organ_known",
                condition=Q(organ__in=["members_meeting", "annual_meeting", "board", "law"]),
            ),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.number}: {self.title}"
