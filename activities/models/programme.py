"""What the cooperative does so that its members can do more: training, mentoring, exhibitions."""

import datetime

import pgtrigger
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from activities.models.common import KEPT, WAYS, PaidOut, Source, source_field
from core.fields import RupiahField, who
from core.models import APPEND_ONLY
from core.permissions import Permission
from core.reversal import reversed_by_others
from members.models import Member, Skill


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What is planned for the members is open to all of them."""
        return self if user.can(Permission.PROGRAMME_LIST) else self.none()

    def coming(self, *, as_of: datetime.date):
        """Neither held nor cancelled, planned for `as_of` or later."""
        return self.filter(held_on=None, cancelled_on=None, planned_on__gte=as_of)

    def overdue(self, *, as_of: datetime.date):
        """The day has passed, and nobody has recorded the outcome."""
        return self.filter(held_on=None, cancelled_on=None, planned_on__lt=as_of)

    def counted(self):
        """Each with `joined` (signed up), `came`, and `spent` in rupiah."""
        spent = ProgrammeExpense.objects.unreversed().filter(programme=OuterRef("pk")).order_by().values("programme")
        return self.annotate(
            joined=Count("participants"),
            came=Count("participants", filter=Q(participants__came=True)),
            spent=Coalesce(Subquery(spent.annotate(total=Sum("amount")).values("total")), 0),
        )


class Programme(models.Model):
    """A planned activity with its goal, and what came of it. Where it teaches a skill, those who came have it."""

    class Kind(models.TextChoices):
        TRAINING = "training", _("training")
        MENTORING = "mentoring", _("mentoring")
        PROMOTION = "promotion", _("exhibition and promotion")
        GROUP = "group", _("work in groups")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=120)
    goal = models.CharField(_("goal"), max_length=300)
    skill = models.ForeignKey(
        Skill, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("skill it teaches")
    )
    planned_on = models.DateField(_("planned for"))
    place = models.CharField(_("place"), max_length=120)
    mentor = models.CharField(_("who leads it"), max_length=120)
    places = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    budget = RupiahField(_("budget"), default=0)
    planned_by = who()
    held_on = models.DateField(_("held on"), null=True, blank=True)
    result = models.TextField(_("outcome"), blank=True)
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    cancel_reason = models.CharField(_("reason for cancelling"), max_length=200, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        indexes = [models.Index(fields=["-planned_on"], name="activities_programme_newest")]
        constraints = [
            models.CheckConstraint(
                name="activities_programme_held_with_result",
                condition=Q(held_on=None, result="") | (Q(held_on__isnull=False, cancelled_on=None) & ~Q(result="")),
            ),
            models.CheckConstraint(
                name="activities_programme_called_off_for_a_reason",
                condition=Q(cancelled_on=None, cancel_reason="")
                | (Q(cancelled_on__isnull=False) & ~Q(cancel_reason="")),
            ),
            models.CheckConstraint(
                name="activities_programme_kind_known",
                condition=Q(kind__in=["training", "mentoring", "promotion", "group"]),
            ),
            models.CheckConstraint(name="activities_programme_places_some", condition=Q(places=None) | Q(places__gt=0)),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="held_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__held_on__isnull=False)
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        """People may still sign up or step back."""
        return self.held_on is None and self.cancelled_on is None

    @property
    def takes_expenses(self) -> bool:
        """Money may be spent on it: before and after it was held, not once it was cancelled."""
        return self.cancelled_on is None


class Participant(models.Model):
    """A member who signed up for a programme, and whether they came."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, db_index=False, related_name="participants")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="programmes", verbose_name=_("member"))
    joined_on = models.DateField(_("signed up on"))
    came = models.BooleanField(_("came"), null=True, blank=True)

    class Meta:
        verbose_name = _("participant")
        constraints = [
            models.UniqueConstraint(fields=["programme", "member"], name="activities_participant_once"),
        ]

    def __str__(self):
        return f"{self.programme}: {self.member.name}"


class ProgrammeExpense(PaidOut):
    """Money spent on a programme, from the running expenses or from the education fund."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="expenses")
    what = models.CharField(_("for what"), max_length=120)
    to = models.CharField(_("paid to"), max_length=120)
    amount = RupiahField(_("amount"))
    source = source_field(Source.RUNNING, Source.EDUCATION)
    on = models.DateField(_("date"))

    class Meta(PaidOut.Meta):
        verbose_name = _("expense of a programme")
        constraints = [
            reversed_by_others(),
            models.CheckConstraint(name="activities_programmeexpense_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="activities_programmeexpense_source_known", condition=Q(source__in=["running", "education"])
            ),
            models.CheckConstraint(
                name="activities_programmeexpense_booked",
                condition=Q(entry__isnull=False, receipt__isnull=False, channel__in=WAYS),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="keeps_its_facts", fields=["programme", "what", "to", "amount", "source", "on", *KEPT]
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            APPEND_ONLY[1],
        ]

    def __str__(self):
        return f"{self.programme}: {self.what}"
