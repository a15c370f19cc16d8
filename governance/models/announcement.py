"""What the board tells all members."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import who
from core.models import NEVER_DELETED


class Announcement(models.Model):
    """A message of the board to every member's inbox; an officer sends it to the WhatsApp group as well and says so."""

    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    on = models.DateField(_("on"))
    by = who(verbose_name=_("by"))
    sent_on = models.DateField(_("sent over WhatsApp on"), null=True, blank=True)
    sent_by = who(null=True, blank=True, verbose_name=_("sent by"))

    class Meta:
        verbose_name = _("announcement")
        constraints = [
            models.CheckConstraint(name="governance_announcement_says_what", condition=~Q(title="") & ~Q(text="")),
            models.CheckConstraint(
                name="governance_announcement_sent_whole",
                condition=Q(sent_on=None, sent_by=None) | Q(sent_on__isnull=False, sent_by__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="announcement_stays", fields=["title", "text", "on", "by"]),
            NEVER_DELETED,
        ]

    def __str__(self):
        return self.title
