"""Answers to a payment that waits for a second approval."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from governance.models import Decision, DecisionKind


class ConfirmPaymentForm(Form):
    """The decision is asked for only where the sum needs one."""

    decision = forms.ModelChoiceField(
        queryset=Decision.objects.none(), label=_("Decided in"), empty_label=_("Choose the decision")
    )

    def __init__(self, *args, request, needs_decision, on, **kwargs):
        super().__init__(*args, **kwargs)
        if needs_decision:
            self.fields["decision"].queryset = Decision.objects.about(DecisionKind.SPENDING, request, on=on)
        else:
            del self.fields["decision"]

    @property
    def nothing_decided(self) -> bool:
        """Whether a decision is asked for and there is none to choose."""
        return "decision" in self.fields and not self.fields["decision"].queryset.exists()
