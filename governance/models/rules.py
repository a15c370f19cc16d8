"""The shape of every set of dated rules that the members decide."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.dates import long_date
from core.models import APPEND_ONLY, Topic
from governance.models.decision import Decision
from governance.models.subject import DecisionKind
from governance.triggers import RULES_BY_DECISION


class VersionedRulesQuerySet(models.QuerySet):
    def in_force(self, on):
        """The version that governs `on`: the latest that started on or before it. DoesNotExist before the first."""
        return self.filter(in_force_from__lte=on).latest("in_force_from")

    def current(self, on: datetime.date):
        """The version that governs `on`, what holds without one (`built_in`), or None.

        Rules with a scope are asked through it: `product.rules.current(on)`, `.filter(months=6).current(on)`.
        """
        rows = self.filter(in_force_from__lte=on).select_related("decided_in").order_by("-in_force_from")
        return rows.first() or self.model.built_in()


class VersionedRules(models.Model):
    """A set of rules with the day it starts and the decision that made it. Never edited, never deleted: the

    database refuses both, in force or not yet. A mistake is corrected by the next version. Subclasses keep the
    triggers by `class Meta(VersionedRules.Meta)`; `tests/governance/test_rules.py` looks at every one of them.
    """

    in_force_from = models.DateField(_("in force from"), unique=True)
    decided_in = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided in"))

    objects = VersionedRulesQuerySet.as_manager()

    kind_of_act = DecisionKind.RULES
    """which kind of act sets them"""
    topic = Topic.RULES
    """what a message that they have changed is about"""
    by_law = False
    """whether a law sets them and no organ of the cooperative"""

    class Meta:
        abstract = True
        triggers = [*APPEND_ONLY, RULES_BY_DECISION]

    def __str__(self):
        return f"{self._meta.verbose_name} {long_date(self.in_force_from)}"

    def beyond_the_law(self, law) -> tuple[str, str] | None:
        """The field that exceeds a ceiling of `law` (LegalCeilings) and the sentence with the article, if any does."""
        return None

    @classmethod
    def built_in(cls) -> "VersionedRules | None":
        """What holds before anybody has put a version in force; nothing, for most rules."""
        return None

    @classmethod
    def parts(cls) -> list:
        """The relations to rows that belong to a version, such as the tiers of a loan: each a RulesPart."""
        return [found for found in cls._meta.related_objects if issubclass(found.related_model, RulesPart)]

    @classmethod
    def scope(cls) -> tuple[str, ...]:
        """What a version is for, beside its day: a product's rules start per product, most for the whole house.

        Read from the unique constraint that takes the place of the unique day.
        """
        if cls._meta.get_field("in_force_from").unique:
            return ()
        for constraint in cls._meta.constraints:
            fields = getattr(constraint, "fields", ())
            if "in_force_from" in fields:
                return tuple(name for name in fields if name != "in_force_from")
        return ()


class RulesPart(models.Model):
    """A row of a version of some rules, beside others of its kind. It has a foreign key `rules`, and says itself in a

    sentence (`__str__`), which is how the rules pages show it. Written with its version, and never edited either.
    """

    class Meta:
        abstract = True
        triggers = APPEND_ONLY
