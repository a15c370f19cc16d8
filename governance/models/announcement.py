"""What all members are told."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import who
from core.models import NEVER_DELETED, Topic


class AnnouncementQuerySet(models.QuerySet):
    def unsent(self):
        """Those that no officer has sent to the WhatsApp group yet."""
        return self.filter(sent_on=None)


class Announcement(models.Model):
    """A message to every member's inbox; an officer sends it to the WhatsApp group as well and says so.

    The board writes some. New prices, rules and dues, decisions, invitations and joint purchases write theirs
    themselves (`governance.services.announcement.tell_members`), with the page they lead to.
    """

    topic = models.CharField(_("topic"), max_length=20, choices=Topic, default=Topic.ANNOUNCEMENT)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    url = models.CharField(max_length=200, blank=True)
    on = models.DateField(_("on"))
    by = who(verbose_name=_("by"))
    sent_on = models.DateField(_("sent over WhatsApp on"), null=True, blank=True)
    sent_by = who(null=True, blank=True, verbose_name=_("sent by"))

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        constraints = [
            models.CheckConstraint(
                name="governance_announcement_topic_of_all",
                condition=Q(topic__in=[topic for topic in Topic.values if topic != Topic.OWN]),
            ),
            models.CheckConstraint(name="governance_announcement_says_what", condition=~Q(title="") & ~Q(text="")),
            models.CheckConstraint(
                name="governance_announcement_sent_whole",
                condition=Q(sent_on=None, sent_by=None) | Q(sent_on__isnull=False, sent_by__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="announcement_stays", fields=["topic", "title", "text", "url", "on", "by"]),
            NEVER_DELETED,
        ]

    def __str__(self):
        return self.title
