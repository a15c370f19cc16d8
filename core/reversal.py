"""Reversals: a wrong record is reversed by another person, with a reason, and entered again. Nothing is edited."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Refused
from core.fields import who


class ReversibleQuerySet(models.QuerySet):
    def standing(self, *, as_of: datetime.date):
        """What was not reversed by the end of `as_of`."""
        return self.exclude(reversed_on__lte=as_of)

    def unreversed(self):
        """What nobody has reversed until now: under a lock, before something new is written."""
        return self.filter(reversed_on=None)


class Reversible(models.Model):
    """A row that is never edited: a wrong one is reversed by somebody else, and then done again.

    The concrete model names the columns that say when and by whom it was done, and adds `reversed_by_others` to its
    constraints:

        class Meta(Reversible.Meta):
            constraints = [reversed_by_others(on="paid_on", by="paid_by"), …]
    """

    done_on, done_by = "on", "by"
    """The columns of the day it was done and of the person who did it."""

    reversed_on = models.DateField(gettext_lazy("reversed on"), null=True, blank=True)
    reversed_by = who(null=True, blank=True, verbose_name=gettext_lazy("reversed by"))
    reversal_reason = models.CharField(gettext_lazy("reason for the reversal"), max_length=200, blank=True)

    objects = ReversibleQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_reversed(self) -> bool:
        return self.reversed_on is not None

    @property
    def is_a_mere_word(self) -> bool:
        """Whether nothing is posted and nobody has confirmed it: then its author may take it back too."""
        return False

    def is_kept_from(self, user) -> bool:
        """Whether this person recorded it, so that another must reverse it."""
        return getattr(self, self._meta.get_field(self.done_by).attname) == user.pk and not self.is_a_mere_word

    def may_be_reversed_by(self, user) -> bool:
        """Whether a page offers this person the reversal: nobody has reversed it, and somebody else recorded it."""
        return not (self.is_reversed or self.is_kept_from(user))

    def mark_reversed(self, *, on: datetime.date, by, reason: str, refused: type[Refused] = Refused) -> list[str]:
        """Note the reversal on this row, which the caller holds locked, and name the columns to save.

        Raises `refused` when it was already reversed, when `by` did it, before its own day, or without a reason.
        """
        if self.is_reversed:
            raise refused(_("This was reversed already. Reload the page."))
        if self.is_kept_from(by):
            raise refused(_("You recorded this yourself. Ask another officer to reverse it."))
        if on < getattr(self, self.done_on):
            raise refused(_("It cannot be reversed before the day it was done. Choose a later day."), field="on")
        self.reversed_on, self.reversed_by = on, by
        self.reversal_reason = given_reason(reason, refused)
        return ["reversed_on", "reversed_by", "reversal_reason"]


def reversed_by_others(*, on: str = "on", by: str = "by", unless: Q | None = None) -> models.CheckConstraint:
    """All of a reversal or nothing of it, never before the day `on`, and never by the person `by`.

    `unless` describes the rows that are a mere word (`Reversible.is_a_mere_word`).
    """
    others = ~Q(reversed_by=F(by))
    if unless is not None:
        others |= unless
    whole = Q(reversed_on__isnull=False, reversed_by__isnull=False, reversed_on__gte=F(on))
    return models.CheckConstraint(
        name="%(app_label)s_%(class)s_reversed_by_others",
        condition=Q(reversed_on=None, reversed_by=None, reversal_reason="") | (whole & ~Q(reversal_reason="") & others),
        violation_error_message=gettext_lazy("Whoever recorded it cannot also reverse it."),
    )


def given_reason(reason: str, refused: type[Refused] = Refused, *, field: str = "reason") -> str:
    """The reason without blanks around it. Raises `refused` where there is none."""
    if not reason.strip():
        raise refused(_("Write down the reason, so that it can be followed later."), field=field)
    return reason.strip()
