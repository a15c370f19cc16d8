"""The register of members, from application to leaving."""

import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from core.fields import who
from core.models import NEVER_DELETED
from core.permissions import GRANTED, Permission
from members.models.columns import NIK_SHAPE, has_a_name, neighbourhood, phone_with_country

DECIDERS = ", ".join(f"'{role}'" for role in sorted(GRANTED) if Permission.MEMBER_ADMIT in GRANTED[role])


class MemberQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers see the whole register, a member only their own row."""
        return self if user.can(Permission.MEMBER_LIST) else self.filter(user=user)

    def entered(self, *, as_of: datetime.date):
        """Those who are members on `as_of`."""
        return self.filter(entered_on__lte=as_of).exclude(left_on__lte=as_of)

    def left(self, *, as_of: datetime.date):
        return self.filter(left_on__lte=as_of)

    def undecided(self):
        """Applications that wait for the board."""
        return self.filter(admitted_on=None, refused_on=None)

    def unpaid(self):
        """Admitted, but principal and first mandatory savings have not come in."""
        return self.filter(admitted_on__isnull=False, entered_on=None)

    def refused(self):
        return self.filter(refused_on__isnull=False)


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
    nik = models.CharField(_("NIK"), max_length=16, null=True, blank=True)
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
    decided_by = who(null=True, blank=True)
    refusal_reason = models.CharField(_("reason for refusing"), max_length=300, blank=True)
    entered_on = models.DateField(_("entered on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    leaving_reason = models.CharField(_("reason for leaving"), max_length=20, choices=LeavingReason, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        indexes = [
            models.Index(fields=["name"], name="members_member_name"),
            models.Index(fields=["rw", "rt"], name="members_member_place"),
            models.Index(fields=["applied_on"], name="members_member_open", condition=Q(entered_on=None)),
        ]
        constraints = [
            has_a_name(),
            models.UniqueConstraint(
                name="members_member_nik_once",
                fields=["nik"],
                condition=Q(refused_on=None, left_on=None),
                violation_error_message=_("This NIK is already in the register."),
            ),
            models.CheckConstraint(
                name="members_member_nik_has_16_digits", condition=Q(nik=None) | Q(nik__regex=NIK_SHAPE)
            ),
            *neighbourhood(),
            phone_with_country(),
            models.CheckConstraint(
                name="members_member_born_before_applying", condition=Q(born_on=None) | Q(born_on__lt=F("applied_on"))
            ),
            models.CheckConstraint(
                name="members_member_one_decision",
                condition=Q(admitted_on=None) | Q(refused_on=None),
                violation_error_message=_("An application is either admitted or refused."),
            ),
            models.CheckConstraint(
                name="members_member_decided_after_applying",
                condition=(Q(admitted_on=None) | Q(admitted_on__gte=F("applied_on")))
                & (Q(refused_on=None) | Q(refused_on__gte=F("applied_on"))),
            ),
            models.CheckConstraint(
                name="members_member_decided_by_whom",
                condition=Q(decided_by=None, admitted_on=None, refused_on=None)
                | (Q(decided_by__isnull=False) & (Q(admitted_on__isnull=False) | Q(refused_on__isnull=False))),
            ),
            models.CheckConstraint(
                name="members_member_not_decided_by_applicant",
                condition=Q(decided_by=None) | Q(user=None) | ~Q(decided_by=F("user")),
                violation_error_message=_("You cannot decide on your own application."),
            ),
            models.CheckConstraint(
                name="members_member_refused_for_a_reason",
                condition=Q(refused_on=None, refusal_reason="") | (Q(refused_on__isnull=False) & ~Q(refusal_reason="")),
            ),
            models.CheckConstraint(
                name="members_member_entered_after_admission",
                condition=Q(entered_on=None)
                | Q(admitted_on__isnull=False, entered_on__isnull=False, entered_on__gte=F("admitted_on")),
            ),
            models.CheckConstraint(
                name="members_member_number_when_entered",
                condition=Q(entered_on=None, number=None)
                | Q(entered_on__isnull=False, number__isnull=False, number__gte=1),
            ),
            models.CheckConstraint(
                name="members_member_left_after_entering",
                condition=Q(left_on=None) | Q(entered_on__isnull=False, left_on__gte=F("entered_on")),
            ),
            models.CheckConstraint(
                name="members_member_left_for_a_reason",
                condition=Q(left_on=None, leaving_reason="")
                | Q(left_on__isnull=False, leaving_reason__in=["own_request", "death", "dismissal"]),
            ),
        ]
        triggers = [
            NEVER_DELETED,
            pgtrigger.Protect(
                name="number_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__number__isnull=False)
                & (
                    pgtrigger.Q(new__number__df=pgtrigger.F("old__number"))
                    | pgtrigger.Q(new__entered_on__df=pgtrigger.F("old__entered_on"))
                ),
            ),
            pgtrigger.Trigger(
                name="decided_by_an_officer",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=f"""
                    IF NEW.decided_by_id IS NOT NULL
                       AND (TG_OP = 'INSERT' OR NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id)
                       AND NOT EXISTS (SELECT FROM core_user WHERE id = NEW.decided_by_id AND role IN ({DECIDERS}))
                    THEN RAISE EXCEPTION 'an application is decided by one of: {DECIDERS.replace("'", "")}';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.number})" if self.number else self.name

    def has_left(self, *, on: datetime.date) -> bool:
        return self.left_on is not None and self.left_on <= on

    def belongs(self, *, on: datetime.date) -> bool:
        """Whether they have entered by that day and not left."""
        return self.entered_on is not None and self.entered_on <= on and not self.has_left(on=on)

    @property
    def masked_nik(self) -> str:
        """The NIK as most eyes may see it: twelve dots and the last four digits."""
        return "•" * 12 + self.nik[-4:] if self.nik else ""
