"""The members' demand for an extraordinary meeting (UU 25/1992 art. 27)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import APPEND_ONLY, NEVER_DELETED
from governance.models.meeting import Meeting
from members.models import Member


class Demand(models.Model):
    """What some members want an extraordinary meeting to decide. With enough supporters the board must call it."""

    title = models.CharField(_("what it should decide"), max_length=160)
    text = models.TextField(_("why it cannot wait"))
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="demands", verbose_name=_("begun by"))
    on = models.DateField(_("on"))
    meeting = models.OneToOneField(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="demand", verbose_name=_("meeting")
    )

    class Meta:
        verbose_name = _("demand for a meeting")
        constraints = [
            models.CheckConstraint(
                name="governance_demand_says_what", condition=~models.Q(title="") & ~models.Q(text="")
            ),
        ]
        triggers = [NEVER_DELETED]

    def __str__(self):
        return self.title


class DemandSupport(models.Model):
    """A member who supports a demand, once."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="supports")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("support of a demand")
        constraints = [models.UniqueConstraint(fields=["demand", "member"], name="governance_demandsupport_once")]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.demand_id}: {self.member_id}"
