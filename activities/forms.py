"""Shapes of input: a meeting, who came, months of dues, a visit."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from activities.models import Meeting
from activities.services import Collected, span
from core.fields import PastDayField, RupiahFormField
from core.forms import Form
from core.money import format_number, format_rupiah
from loans.models import Loan
from members.models import Member


class MeetingFilter(django_filters.FilterSet):
    year = django_filters.ChoiceFilter(field_name="on__year", label=_("Year"), empty_label=_("all years"))
    kind = django_filters.ChoiceFilter(choices=Meeting.Kind, label=_("Kind"), empty_label=_("all kinds"))

    class Meta:
        model = Meeting
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = [day.year for day in Meeting.objects.dates("on", "year", order="DESC")]
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in years]


class MeetingForm(Form):
    on = PastDayField(label=_("Held on"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Meeting.Kind)
    place = forms.CharField(label=_("Place"), max_length=120)


class MinutesForm(Form):
    place = forms.CharField(label=_("Place"), max_length=120)
    minutes = forms.CharField(
        label=_("Minutes"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("What was talked about and agreed. Decisions are recorded for themselves."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AttendanceForm(Form):
    """One screen with a box for everybody who was a member that day."""

    members = forms.ModelMultipleChoiceField(
        label=_("Who came"), queryset=Member.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = Member.objects.entered(as_of=meeting.on).order_by("name")


class DuesForm(Form):
    """How many of the open months are paid, each choice with its months and its amount."""

    months = forms.TypedChoiceField(label=_("Months"), coerce=int)
    on = PastDayField(label=_("Received on"))

    def __init__(self, *args, dues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["months"].choices = [
            (
                count,
                ngettext("{count} month, {months}: {amount}", "{count} months, {months}: {amount}", count).format(
                    count=count, months=span(dues.months[:count]), amount=format_rupiah(dues.cost(count))
                ),
            )
            for count in range(1, len(dues.months) + 1)
        ]


class CollectionForm(Form):
    """The sheet of a meeting: one line a member, one box for each thing a member may pay. Empty means nothing."""

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.sheet = rows
        for row in rows:
            self.fields[f"mandatory_{row.member_id}"] = _box(_("Mandatory savings of {name}"), row)
            self.fields[f"voluntary_{row.member_id}"] = _box(_("Voluntary savings of {name}"), row)
            if row.dues:
                self.fields[f"dues_{row.member_id}"] = forms.TypedChoiceField(
                    label=_("Dues of {name}").format(name=row.name),
                    choices=[("", "–")]
                    + [
                        (count, f"{count} × = {format_number(row.dues.cost(count))}")
                        for count in range(1, row.dues.due_months + 1)
                    ],
                    coerce=int,
                    empty_value=0,
                    required=False,
                )
            for loan in row.loans:
                self.fields[f"loan_{loan.loan_id}"] = _box(_("Instalment of {name}"), row)

    def lines(self):
        """Each row of the sheet with its boxes, for the table."""
        for row in self.sheet:
            yield {
                "row": row,
                "mandatory": self[f"mandatory_{row.member_id}"],
                "voluntary": self[f"voluntary_{row.member_id}"],
                "dues": self[f"dues_{row.member_id}"] if row.dues else None,
                "loans": [(loan, self[f"loan_{loan.loan_id}"]) for loan in row.loans],
            }

    def collected(self) -> list[Collected]:
        """What was filled in, for `services.collect`."""
        typed = {name: value for name, value in self.facts.items() if value}
        members = Member.objects.in_bulk([row.member_id for row in self.sheet])
        loans = Loan.objects.in_bulk([int(name[5:]) for name in typed if name.startswith("loan_")])
        rows = [
            Collected(
                member=members[row.member_id],
                mandatory=typed.get(f"mandatory_{row.member_id}", 0),
                voluntary=typed.get(f"voluntary_{row.member_id}", 0),
                dues_months=typed.get(f"dues_{row.member_id}", 0),
                repayments={
                    loans[loan.loan_id]: typed[f"loan_{loan.loan_id}"]
                    for loan in row.loans
                    if f"loan_{loan.loan_id}" in typed
                },
            )
            for row in self.sheet
        ]
        return [row for row in rows if row.mandatory or row.voluntary or row.dues_months or row.repayments]

    def sums(self) -> dict[str, int]:
        """Rupiah per purpose and together: what must lie in the cash box."""
        typed = self.facts
        parts = {
            kind: sum(value for name, value in typed.items() if name.startswith(kind) and value)
            for kind in ("mandatory", "voluntary", "loan")
        }
        dues = sum(row.dues.cost(typed[f"dues_{row.member_id}"]) for row in self.sheet if row.dues)
        return parts | {"dues": dues, "total": sum(parts.values()) + dues}


def _box(label, row):
    return RupiahFormField(label=label.format(name=row.name), required=False, minimum=0)


class ReversalForm(Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=150, help_text=_("It stands in the journal beside the entry.")
    )
    on = PastDayField(label=_("Reversed on"))


class VisitForm(Form):
    member = forms.ModelChoiceField(label=_("Who was visited"), queryset=Member.objects.none())
    on = PastDayField(label=_("Visited on"))
    reason = forms.CharField(
        label=_("Why"), max_length=120, help_text=_("Such as: in hospital, a death in the family.")
    )
    visitors = forms.CharField(label=_("Who went"), max_length=200)
    amount = RupiahFormField(
        label=_("Given from the common cash"), required=False, minimum=0, help_text=_("Leave empty if nothing was.")
    )

    def __init__(self, *args, as_of, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.entered(as_of=as_of).order_by("name")

    def clean_amount(self):
        return self.cleaned_data["amount"] or 0
