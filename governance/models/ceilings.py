"""What the law allows at most. A ceiling changes when the law does, by a new row, without a new release."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import RateField
from governance.models.rules import VersionedRules


class LegalCeilings(VersionedRules):
    """The limits that the law sets on what members may decide, each with its article.

    Before anybody has put a version in force, the law counts as it stood when this was written: the defaults. That the
    parts of a surplus make 100 percent is arithmetic and no setting.
    """

    by_law = True

    loan_rate_bp = RateField(_("loan rate a year at most"), default=2400)
    loan_rate_article = models.CharField(_("article"), max_length=80, default="Permenkop UKM 8/2023 pasal 27")
    savings_return_bp = RateField(_("return on savings a year at most"), default=900)
    savings_return_article = models.CharField(_("article"), max_length=80, default="Permenkop UKM 8/2023 pasal 26")
    related_loans_bp = RateField(_("loans to related parties at most, of own capital"), default=1000)
    related_loans_article = models.CharField(_("article"), max_length=80, default="Permenkop UKM 8/2023 pasal 42–44")
    office_years = models.PositiveSmallIntegerField(_("years in office at most"), default=5)
    office_article = models.CharField(_("article"), max_length=80, default="UU 25/1992 pasal 29")

    class Meta(VersionedRules.Meta):
        verbose_name = _("legal ceilings")
        constraints = [
            models.CheckConstraint(
                name="governance_legalceilings_office_years_positive",
                condition=Q(office_years__range=(1, 50)),
                violation_error_message=_("A term lasts at least one year."),
            ),
        ]

    @classmethod
    def built_in(cls) -> "LegalCeilings":
        return cls()
