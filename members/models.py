"""The register: who belongs to the cooperative, with which business, hands and skills; and the partners outside."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from core.permissions import Permission


class MemberQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers see the whole register, a member only their own row."""
        return self if user.can(Permission.MEMBER_LIST) else self.filter(user=user)

    def entered(self, *, as_of: datetime.date):
        """Those who are members on `as_of`."""
        return self.filter(entered_on__lte=as_of).exclude(left_on__lte=as_of)


class Member(models.Model):
    """One row of the buku daftar anggota, from application to leaving. Rows are never deleted (UU 25/1992 art. 17).

    What a member *is* on a day follows from the dates: applied, admitted or refused, entered (principal and first
    mandatory savings paid, number given), left.
    """

    class LeavingReason(models.TextChoices):
        OWN_REQUEST = "own_request", _("own request")
        DEATH = "death", _("death")
        DISMISSAL = "dismissal", _("dismissal")

    number = models.PositiveIntegerField(_("member number"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=120)
    nik = models.CharField(_("NIK"), max_length=16, unique=True, null=True, blank=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    is_woman = models.BooleanField(_("woman"), null=True)
    phone = PhoneNumberField(_("telephone"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    rt = models.CharField(_("RT"), max_length=3, blank=True)
    rw = models.CharField(_("RW"), max_length=3, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="member"
    )

    applied_on = models.DateField(_("applied on"))
    admitted_on = models.DateField(_("admitted on"), null=True, blank=True)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refusal_reason = models.CharField(_("reason for refusing"), max_length=300, blank=True)
    entered_on = models.DateField(_("entered on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    leaving_reason = models.CharField(_("reason for leaving"), max_length=20, choices=LeavingReason, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        constraints = [
            models.CheckConstraint(
                name="members_member_one_decision",
                condition=Q(admitted_on=None) | Q(refused_on=None),
                violation_error_message=_("An application is either admitted or refused."),
            ),
            models.CheckConstraint(
                name="members_member_decided_by_whom",
                condition=Q(decided_by=None, admitted_on=None, refused_on=None)
                | (Q(decided_by__isnull=False) & (Q(admitted_on__isnull=False) | Q(refused_on__isnull=False))),
            ),
            models.CheckConstraint(
                name="members_member_entered_after_admission",
                condition=Q(entered_on=None) | Q(entered_on__gte=F("admitted_on")),
            ),
            models.CheckConstraint(
                name="members_member_number_when_entered",
                condition=Q(entered_on=None, number=None) | Q(entered_on__isnull=False, number__isnull=False),
            ),
            models.CheckConstraint(
                name="members_member_left_after_entering", condition=Q(left_on=None) | Q(left_on__gte=F("entered_on"))
            ),
            models.CheckConstraint(
                name="members_member_left_for_a_reason",
                condition=Q(left_on=None, leaving_reason="") | (Q(left_on__isnull=False) & ~Q(leaving_reason="")),
            ),
            models.CheckConstraint(
                name="members_member_nik_has_16_digits", condition=Q(nik=None) | Q(nik__regex=r"^\d{16}$")
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.number})" if self.number else self.name


class Skill(models.Model):
    """Something a maker can do: cutting, lasting, sewing of sandals, embossing."""

    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        verbose_name = _("skill")

    def __str__(self):
        return self.name


class Business(models.Model):
    """A member's home business and what it makes."""

    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="business")
    name = models.CharField(_("business name"), max_length=120)
    address = models.CharField(_("address"), max_length=200)
    rt = models.CharField(_("RT"), max_length=3, blank=True)
    rw = models.CharField(_("RW"), max_length=3, blank=True)
    products = models.CharField(_("products"), max_length=200)
    since_year = models.PositiveSmallIntegerField(_("since"), null=True, blank=True)
    skills = models.ManyToManyField(Skill, blank=True, verbose_name=_("skills"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("business")

    def __str__(self):
        return self.name


class WorkerCount(models.Model):
    """How many people worked in a business from a day on. Family counts, paid or not, and so does the owner."""

    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="worker_counts")
    counted_on = models.DateField(_("counted on"))
    family = models.PositiveSmallIntegerField(_("family workers"))
    hired = models.PositiveSmallIntegerField(_("hired workers"))

    class Meta:
        verbose_name = _("worker count")
        constraints = [
            models.UniqueConstraint(fields=["business", "counted_on"], name="members_workercount_one_a_day"),
            models.CheckConstraint(
                name="members_workercount_somebody_works", condition=Q(family__gt=0) | Q(hired__gt=0)
            ),
        ]

    def __str__(self):
        return f"{self.family + self.hired}"


class Partner(models.Model):
    """Somebody outside: who buys, supplies or supports, and at which market level."""

    class Kind(models.TextChoices):
        BUYER = "buyer", _("buyer")
        SUPPLIER = "supplier", _("supplier")
        AGENCY = "agency", _("agency")

    class Market(models.TextChoices):
        LOCAL = "local", _("local (DIY)")
        NATIONAL = "national", _("national")
        EXPORT = "export", _("export")

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    market = models.CharField(_("market level"), max_length=10, choices=Market, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    contact = models.CharField(_("contact person"), max_length=120, blank=True)
    phone = PhoneNumberField(_("telephone"), blank=True)
    since_on = models.DateField(_("partner since"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("partner")
        constraints = [
            models.CheckConstraint(
                name="members_partner_kind_known", condition=Q(kind__in=["buyer", "supplier", "agency"])
            ),
            models.CheckConstraint(name="members_partner_buyer_has_market", condition=~Q(kind="buyer") | ~Q(market="")),
        ]

    def __str__(self):
        return self.name
