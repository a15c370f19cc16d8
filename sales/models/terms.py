"""What the members decided about selling."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.fields import RateField
from governance.models import VersionedRules


class SellingRules(VersionedRules):
    """From which share on one buyer is too much, which markets the members aim at, what the cooperative keeps.

    Before they have decided, the markets are what the study of the cooperative found: half of the goods stay in DIY,
    40 percent go to the rest of Indonesia, 10 percent abroad; and the cooperative keeps nothing of what it sells.
    """

    most_of_one_buyer = models.PositiveSmallIntegerField(
        _("warning where one buyer takes this share or more (percent)"),
        default=40,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Counted of everything that was delivered in a quarter."),
    )
    local = models.PositiveSmallIntegerField(
        _("aim: local market (percent)"), default=50, validators=[MaxValueValidator(100)]
    )
    national = models.PositiveSmallIntegerField(
        _("aim: national market (percent)"), default=40, validators=[MaxValueValidator(100)]
    )
    export = models.PositiveSmallIntegerField(
        _("aim: export (percent)"), default=10, validators=[MaxValueValidator(100)]
    )
    kept_bp = RateField(
        _("the cooperative keeps of the price where it sells"),
        default=0,
        help_text=_("The rest is what the member gets who made the goods."),
    )

    class Meta(VersionedRules.Meta):
        verbose_name = _("rules of selling")
        constraints = [
            models.CheckConstraint(
                name="sales_sellingrules_share_is_a_share",
                condition=Q(most_of_one_buyer__range=(1, 100)),
                violation_error_message=_("The share of one buyer is from 1 to 100 percent."),
            ),
            models.CheckConstraint(
                name="sales_sellingrules_markets_make_the_whole",
                condition=Q(local=100 - F("national") - F("export")),
                violation_error_message=_("The three markets must make 100 percent together. Correct one of them."),
            ),
            models.CheckConstraint(
                name="sales_sellingrules_keeps_a_part",
                condition=Q(kept_bp__lte=10_000),
                violation_error_message=_("The cooperative keeps 100 percent at most."),
            ),
        ]

    @classmethod
    def built_in(cls) -> "SellingRules":
        return cls()

    @property
    def aims(self) -> dict[str, int]:
        """The percent of each market, by the market's code."""
        return {"local": self.local, "national": self.national, "export": self.export}
