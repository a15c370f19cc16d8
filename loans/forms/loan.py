"""What to look for in the list of loans."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.dates import today
from loans import queries
from loans.models import Loan, LoanProduct


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
        lacking = queries.lacking_guarantors(as_of=today()).values("pk")
        return rows.exclude(pk__in=lacking) if value else rows.filter(pk__in=lacking)

    def overdue(self, rows, name, value):
        late = [loan.loan_id for loan in queries.arrears(as_of=today())]
        return rows.filter(pk__in=late) if value else rows.exclude(pk__in=late)
