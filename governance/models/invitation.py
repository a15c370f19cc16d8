"""Who was invited to a meeting, and who said that they cannot come."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import NEVER_DELETED
from governance.models.meeting import Meeting
from members.models import Member


class Invitation(models.Model):
    """A member's invitation to a meeting, and their answer if they cannot come."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="invitations")
    invited_on = models.DateField(_("invited on"))
    declined_on = models.DateField(_("declined on"), null=True, blank=True)
    reason = models.CharField(_("why they cannot come"), max_length=200, blank=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0, help_text="wrong codes of attendance typed on a phone")

    class Meta:
        verbose_name = _("invitation")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="governance_invitation_once"),
            models.CheckConstraint(
                name="governance_invitation_declined_for_a_reason",
                condition=Q(declined_on=None, reason="") | (Q(declined_on__gte=F("invited_on")) & ~Q(reason="")),
            ),
        ]
        triggers = [NEVER_DELETED]

    def __str__(self):
        return f"{self.member_id}: {self.meeting_id}"
