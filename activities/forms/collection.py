"""The sheet on which a meeting's money is recorded."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.services import Collected
from core.fields import RupiahFormField
from core.forms import Form
from core.money import format_number
from loans.models import Loan
from members.models import Member


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

    def names_of(self, member_id: int) -> list[str]:
        """The boxes of one member."""
        loans = [f"loan_{loan.loan_id}" for row in self.sheet if row.member_id == member_id for loan in row.loans]
        own = [f"{kind}_{member_id}" for kind in ("mandatory", "dues", "voluntary")]
        return [name for name in (*own, *loans) if name in self.fields]

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
