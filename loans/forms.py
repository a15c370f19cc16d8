"""Shapes of input: an application, the simulator, a decision, a payment, and what to look for in the list."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.fields import DayField, PastDayField, RupiahFormField
from core.forms import Form
from core.uploads import PaperField
from loans import judging, queries
from loans.models import Collateral, Loan, LoanProduct
from members.models import Member


class TermsFields(forms.Form):
    """What one would like to borrow, for a simulation or an application."""

    product = forms.ModelChoiceField(LoanProduct.objects.none(), label=_("Kind of loan"), empty_label=None)
    principal = RupiahFormField(label=_("How much do you need?"))
    instalments = forms.IntegerField(label=_("In how many instalments?"), min_value=1, max_value=360)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["product"].queryset = LoanProduct.objects.filter(rules__in_force_from__lte=today()).distinct()


class ProductForm(Form):
    code = forms.SlugField(
        label=_("Short name"), max_length=20, help_text=_("Small letters without spaces, such as modal-kerja.")
    )
    name = forms.CharField(label=_("Name"), max_length=60)
    description = forms.CharField(label=_("What it is for"), max_length=200, required=False)


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
                label=_("Who stands for you?")
                if needed == 1
                else _("Who stands for you? ({number})").format(number=number),
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


class GuarantorForm(Form):
    guarantor = forms.ModelChoiceField(
        Member.objects.none(), label=_("Who stands for it?"), help_text=_("A member who will be asked to say yes.")
    )

    def __init__(self, *args, loan, **kwargs):
        super().__init__(*args, **kwargs)
        taken = [loan.member_id, *loan.guarantors.values_list("member_id", flat=True)]
        others = Member.objects.entered(as_of=today()).exclude(pk__in=taken)
        self.fields["guarantor"].queryset = others.order_by("name")


class SurveyForm(Form):
    visited_on = PastDayField(label=_("Visited on"))
    seen = forms.CharField(
        label=_("What did you see?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Workshop, stock, orders at hand, what the money will buy. The borrower can read it."),
    )


class ConfirmationForm(Form):
    """Only the token: the page says what will happen."""


class RefusalForm(Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The borrower will read it."),
    )


PAID_OUT = [
    (Loan.Through.CASH, _("in cash")),
    (Loan.Through.BANK, _("by bank")),
    (Loan.Through.SAVINGS, _("into the voluntary savings")),
]
PAID_BACK = [
    (Loan.Through.CASH, _("in cash")),
    (Loan.Through.BANK, _("by bank")),
    (Loan.Through.SAVINGS, _("from the voluntary savings")),
]


class DisbursementForm(Form):
    on = PastDayField(label=_("Disbursed on"))
    first_due_on = DayField(label=_("First instalment on"), required=False, help_text=_("Empty: one period later."))
    through = forms.ChoiceField(label=_("Paid"), choices=PAID_OUT, initial=Loan.Through.CASH)


class RepaymentForm(Form):
    amount = RupiahFormField(label=_("Amount"))
    on = PastDayField(label=_("Received on"))
    through = forms.ChoiceField(label=_("Paid"), choices=PAID_BACK, initial=Loan.Through.CASH)


class PayOffForm(Form):
    through = forms.ChoiceField(label=_("Paid"), choices=PAID_BACK, initial=Loan.Through.CASH)


class ReversalForm(Form):
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("It stands in the journal."))
    on = PastDayField(label=_("Reversed on"))


class CollateralForm(Form):
    kind = forms.ChoiceField(label=_("What is it?"), choices=Collateral.Kind)
    description = forms.CharField(
        label=_("Description"), max_length=200, help_text=_("Number of the paper, make and year, where it stands.")
    )
    value_estimated = RupiahFormField(label=_("What is it worth?"))
    paper = PaperField(
        label=_("Photo of the paper or the thing"),
        required=False,
        help_text=_("A photo or a PDF. Only you and the officers see it."),
    )


class ValuationForm(Form):
    value_counted = RupiahFormField(
        label=_("Counted value"), minimum=0, help_text=_("How much of it would cover the loan; 0 counts nothing.")
    )


class AssessmentForm(Form):
    rescuable = forms.TypedChoiceField(
        label=_("Can the loan be rescued?"),
        choices=[("yes", _("yes, it can be rescued")), ("no", _("no, only the collateral is left"))],
        coerce=lambda value: value == "yes",
    )
    in_court = forms.TypedChoiceField(
        label=_("Was the claim handed to a court or an insurer?"),
        choices=[("no", _("no")), ("yes", _("yes"))],
        coerce=lambda value: value == "yes",
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("What was seen or talked over; it stands beside the judgement.")
    )


class AsOfForm(forms.Form):
    """The day a question is asked for; today when none is given or the value makes no sense."""

    as_of = DayField(label=_("As at"), required=False)

    @property
    def day(self):
        return (self.is_valid() and self.cleaned_data["as_of"]) or today()

    @classmethod
    def asked(cls, query):
        return cls(query if query.get("as_of") else {"as_of": today().isoformat()})


class LoanFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(method="matching", label=_("Name or number"))
    state = django_filters.ChoiceFilter(
        method="in_state", label=_("State"), choices=Loan.State, empty_label=_("every state")
    )
    product = django_filters.ModelChoiceFilter(
        field_name="rules__product", queryset=LoanProduct.objects.all(), label=_("Kind of loan"), empty_label=_("all")
    )
    late = django_filters.BooleanFilter(
        method="overdue",
        label=_("Arrears"),
        widget=forms.Select(choices=[("", _("all")), ("true", _("overdue")), ("false", _("not overdue"))]),
    )
    backed = django_filters.BooleanFilter(
        method="with_guarantors",
        label=_("Guarantors"),
        widget=forms.Select(choices=[("", _("all")), ("false", _("somebody is missing")), ("true", _("enough"))]),
    )
    ordering = django_filters.OrderingFilter(
        label=_("Order"),
        fields=[("applied_on", "applied_on"), ("member__name", "name"), ("principal", "principal")],
        choices=[
            ("-applied_on", _("newest first")),
            ("name", _("by name")),
            ("-principal", _("largest first")),
        ],
        empty_label=None,
    )

    class Meta:
        model = Loan
        fields = []

    def matching(self, rows, name, value):
        return rows.filter(Q(member__name__icontains=value) | Q(number__icontains=value))

    def in_state(self, rows, name, value):
        return {
            Loan.State.WAITING: rows.waiting,
            Loan.State.WITHDRAWN: lambda: rows.filter(withdrawn_on__isnull=False),
            Loan.State.REFUSED: lambda: rows.filter(refused_on__isnull=False),
            Loan.State.APPROVED: rows.approved,
            Loan.State.RUNNING: lambda: rows.running(as_of=today()),
            Loan.State.SETTLED: lambda: rows.settled(as_of=today()),
            Loan.State.WRITTEN_OFF: lambda: rows.written_off(as_of=today()).filter(forgiven_on=None),
            Loan.State.FORGIVEN: lambda: rows.filter(forgiven_on__isnull=False),
        }[value]()

    def with_guarantors(self, rows, name, value):
        lacking = judging.lacking_guarantors(as_of=today()).values("pk")
        return rows.exclude(pk__in=lacking) if value else rows.filter(pk__in=lacking)

    def overdue(self, rows, name, value):
        late = [loan.loan_id for loan in queries.arrears(as_of=today())]
        return rows.filter(pk__in=late) if value else rows.exclude(pk__in=late)
