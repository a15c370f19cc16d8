"""Other terms for a handover, proposed by one side and agreed by the other."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orders.models.claim import Claim, OfClaim
from orders.models.offer import AgreedTerms, sound


class TermsChange(AgreedTerms):
    """Other terms that one side proposes before work starts; they count when the other side agrees."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="changes")
    reason = models.CharField(_("reason"), max_length=200)
    proposed_on = models.DateField(_("proposed on"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_by_maker = models.BooleanField()
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dropped_on = models.DateField(_("dropped on"), null=True, blank=True)

    objects = OfClaim.as_manager()

    class Meta:
        verbose_name = _("change of terms")
        constraints = [
            *sound("termschange"),
            models.CheckConstraint(
                name="orders_termschange_answered_whole",
                condition=Q(agreed_on=None, agreed_by=None)
                | Q(agreed_on__isnull=False, agreed_by__isnull=False, dropped_on=None),
            ),
            models.CheckConstraint(
                name="orders_termschange_two_sides",
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("proposed_by")),
                violation_error_message=_("The other side agrees to changed terms."),
            ),
            models.UniqueConstraint(
                fields=["claim"],
                name="orders_termschange_one_open",
                condition=Q(agreed_on=None, dropped_on=None),
                violation_error_message=_("Other terms are proposed already. Answer those first."),
            ),
        ]

    def __str__(self):
        return str(self.claim)

    @property
    def is_open(self) -> bool:
        return self.agreed_on is None and self.dropped_on is None
