"""Input of an application and of the simulator."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.fields import DayField, RupiahFormField
from core.forms import Form
from loans import queries
from loans.models import LoanProduct
from members.models import Member


class TermsFields(forms.Form):
    """What one would like to borrow, for a simulation or an application."""

    product = forms.ModelChoiceField(LoanProduct.objects.none(), label=_("Kind of loan"), empty_label=None)
    principal = RupiahFormField(label=_("How much do you need?"))
    instalments = forms.IntegerField(label=_("In how many instalments?"), min_value=1, max_value=360)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["product"].queryset = LoanProduct.objects.filter(rules__in_force_from__lte=today()).distinct()


class SimulatorForm(TermsFields):
    """A question with an address of its own (GET): nothing is written, nobody sees it."""

    disbursed_on = DayField(label=_("Disbursed on"), initial=today)
    first_due_on = DayField(label=_("First instalment on"), required=False, help_text=_("Empty: one period later."))

    def clean(self):
        facts = super().clean()
        first, disbursed = facts.get("first_due_on"), facts.get("disbursed_on")
        if first and disbursed and first <= disbursed:
            self.add_error("first_due_on", _("The first instalment falls due after the day of disbursement."))
        return facts


class ApplicationForm(TermsFields, Form):
    purpose = forms.CharField(label=_("What is the loan for?"), max_length=200)

    def __init__(self, *args, borrower=None, **kwargs):
        super().__init__(*args, **kwargs)
        needed = max((rules.guarantors_needed for rules in queries.rules_in_force(on=today())), default=0)
        others = Member.objects.entered(as_of=today()).exclude(pk=borrower and borrower.pk).order_by("name")
        for number in range(1, needed + 1):
            self.fields[f"guarantor_{number}"] = forms.ModelChoiceField(
                others,
                label=_("Who guarantees your loan?")
                if needed == 1
                else _("Who guarantees your loan? ({number})").format(number=number),
                required=False,
                empty_label=_("nobody"),
                help_text=_("A member who will be asked to say yes."),
            )

    @property
    def facts(self) -> dict:
        given = super().facts
        names = sorted(name for name in given if name.startswith("guarantor_"))
        guarantors = [given.pop(name) for name in names]
        return given | {"guarantors": list(dict.fromkeys(filter(None, guarantors)))}


class OfficerApplicationForm(ApplicationForm):
    member = forms.ModelChoiceField(Member.objects.none(), label=_("For which member?"))

    field_order = ["member"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.entered(as_of=today()).order_by("name")
