"""What a decision, or an item on the agenda, is about: a kind of act and the thing itself."""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DecisionKind(models.TextChoices):
    """The kinds of acts. The statutes say for each which organ decides, with what quorum and majority."""

    PRICE_LIST = "price_list", _("price list")
    RULES = "rules", _("rules")
    ELECTION = "election", _("election")
    REMOVAL = "removal", _("removal from office")
    DISMISSAL = "dismissal", _("dismissal of a member")
    SANCTION = "sanction", _("case and sanction")
    WRITE_OFF = "write_off", _("write-off")
    RESTRUCTURING = "restructuring", _("new terms of a loan")
    SHU = "shu", _("division of the SHU")
    DUES = "dues", _("dues")
    WAIVER = "waiver", _("waiver")
    SPENDING = "spending", _("spending")
    BUDGET = "budget", _("work plan and budget")
    REPORT = "report", _("annual report")
    STATUTES = "statutes", _("statutes")
    DISSOLUTION = "dissolution", _("dissolution")
    MEETING = "meeting", _("meeting")
    OTHER = "other", _("other")


class OfSubject(models.Model):
    """A row about one thing of one kind: the draft, the proposal, the loan, the case, the member elected.

    The thing is named as the trail names it, `loans.loan` and its key, so that the database can compare the names. A
    type without a key means everything of that type: a paper that decided "the rules of savings" before the system
    knew any proposal. `detail` says what of the thing: the office, the sanction.
    """

    kind = models.CharField(_("about"), max_length=20, choices=DecisionKind)
    subject_type = models.CharField(max_length=60, blank=True, help_text="the label of a model, such as loans.loan")
    subject_id = models.BigIntegerField(null=True, blank=True)
    detail = models.CharField(_("what of it"), max_length=60, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_known", condition=Q(kind__in=DecisionKind.values)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_subject_has_a_type", condition=Q(subject_id=None) | ~Q(subject_type="")
            ),
        ]

    @property
    def subject(self) -> models.Model | None:
        """The thing itself; one query, unless `with_subjects` fetched it with others."""
        if self.subject_id is None:
            return None
        if not hasattr(self, "_subject"):
            with_subjects([self])
        return self._subject

    @subject.setter
    def subject(self, thing: models.Model | type[models.Model] | None) -> None:
        """A row, a model for everything of that type, or None."""
        self.subject_type, self.subject_id = named(thing)
        self._subject = thing if isinstance(thing, models.Model) else None

    def is_about(self, thing: models.Model | type[models.Model] | None) -> bool:
        """Whether this row names `thing`, or everything of its type."""
        of_type, key = named(thing)
        return self.subject_type == of_type and self.subject_id in (None, key)


def named(thing: models.Model | type[models.Model] | None) -> tuple[str, int | None]:
    """How a thing is named in these columns."""
    if thing is None:
        return "", None
    return thing._meta.label_lower, thing.pk if isinstance(thing, models.Model) else None


def with_subjects(rows: Iterable[OfSubject]) -> list[OfSubject]:
    """The same rows with their things fetched, one query for each type there is."""
    rows, wanted = list(rows), defaultdict(set)
    for row in rows:
        if row.subject_id is not None:
            wanted[row.subject_type].add(row.subject_id)
    found = {of_type: apps.get_model(of_type)._default_manager.in_bulk(keys) for of_type, keys in wanted.items()}
    for row in rows:
        row._subject = found.get(row.subject_type, {}).get(row.subject_id)
    return rows
