"""Offers that are shared at closing: who asked, what the round gave, and everything that explains it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RupiahField, measured
from core.models import APPEND_ONLY
from core.permissions import Permission
from members.models import Member
from orders.models.claim import Claim
from orders.models.offer import Offer


class WorkRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every member reads who asked: a round is argued about in the open."""
        return self if user.can(Permission.OFFER_VIEW) else self.none()

    def waiting(self):
        """Neither taken back nor answered."""
        return self.filter(withdrawn_on=None, claim=None)


class WorkRequest(models.Model):
    """A member asks for a part of an offer that is shared when it closes: the most they want."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="requests")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="work_requests")
    wish = measured(_("the most they want"))
    asked_on = models.DateField(_("asked on"))
    warnings = models.JSONField(_("warnings the maker saw and asked all the same"), default=list, blank=True)
    withdrawn_on = models.DateField(_("taken back on"), null=True, blank=True)
    claim = models.OneToOneField(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="request", verbose_name=_("given")
    )

    objects = WorkRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a part")
        constraints = [
            models.CheckConstraint(name="orders_workrequest_wish_positive", condition=Q(wish__gt=0)),
            models.CheckConstraint(
                name="orders_workrequest_given_or_taken_back", condition=Q(withdrawn_on=None) | Q(claim=None)
            ),
            models.UniqueConstraint(
                fields=["offer", "member"],
                name="orders_workrequest_one_waiting",
                condition=Q(withdrawn_on=None, claim=None),
                violation_error_message=_("You have asked for a part of this work already."),
            ),
        ]

    def __str__(self):
        return f"{self.offer} ← {self.member.name}"


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every member reads how a round was shared."""
        return self if user.can(Permission.OFFER_VIEW) else self.none()


class Round(models.Model):
    """An offer was closed and shared out. Written once, with what was known at that moment."""

    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="round")
    closed_on = models.DateField(_("closed on"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Nobody where the offer closed by itself."""
    offered = measured(_("shared out"))
    given = measured(_("given"))

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of sharing")
        constraints = [
            models.CheckConstraint(
                name="orders_round_gives_what_it_has",
                condition=Q(offered__gte=0, given__gte=0, given__lte=F("offered")),
            ),
        ]
        indexes = [models.Index(fields=["-closed_on"], name="orders_round_newest")]
        triggers = APPEND_ONLY

    def __str__(self):
        return str(self.offer)

    @property
    def rest(self):
        return self.offered - self.given


class RoundShare(models.Model):
    """What one member got in a round and why: the wish, the room, what they had received before."""

    class Reason(models.TextChoices):
        WISH = "wish", _("got all that was asked for")
        ROOM = "room", _("as much as there is room for")
        SHARE = "share", _("not enough for all: the equal share")
        ODD = "odd", _("the equal share and one of the last, having received least before")
        LEFT = "left", _("no member any more at the closing")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="shares")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    wish = measured(_("the most they want"))
    free = measured(_("room until it is due"), null=True, blank=True)
    balance = RupiahField(_("work received in the year before"))
    given = measured(_("given"))
    reason = models.CharField(_("why"), max_length=10, choices=Reason)
    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="share")

    class Meta:
        verbose_name = _("share of a round")
        constraints = [
            models.UniqueConstraint(fields=["round", "member"], name="orders_roundshare_once"),
            models.CheckConstraint(
                name="orders_roundshare_within_wish_and_room",
                condition=Q(given__gte=0, given__lte=F("wish")) & (Q(free=None) | Q(given__lte=F("free"))),
            ),
            models.CheckConstraint(
                name="orders_roundshare_given_is_claimed",
                condition=Q(given=0, claim=None) | Q(given__gt=0, claim__isnull=False),
            ),
        ]
        triggers = APPEND_ONLY

    def __str__(self):
        return f"{self.member.name}: {self.given}"
