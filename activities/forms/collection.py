"""The table at a meeting: one line a member, prefilled with what is owed; and the count that closes it.

A sheet of 500 members has thousands of boxes, so its rows are read and drawn without a form field for each.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.arithmetic.collection import Parts, Wanted, split
from activities.models import CollectionRules
from activities.queries import SheetRow
from activities.services import Collected
from core.errors import ManyRefused, Refused
from core.forms import Form
from core.money import format_number, format_rupiah, parse_rupiah
from ledger.channels import RECEIVING, Channel
from ledger.models import Unit
from loans.models import Loan
from members.models import Member
from treasury.forms.cash_count import PiecesForm
from treasury.forms.common import ChannelField


@dataclass
class Line:
    """A member's line with what was typed into it."""

    row: SheetRow
    typed: dict[str, str]
    """the boxes as they are shown, by name without the member: what is owed, until something is typed"""
    was: str = ""
    is_taken: bool = False
    parts: Parts | None = None
    channel: str = Channel.CASH
    errors: list[str] = field(default_factory=list)

    @property
    def pk(self) -> int:
        return self.row.member_id

    @property
    def key(self) -> str:
        """Part of the names of the boxes; text, so that no page writes 1.234 for 1234."""
        return str(self.pk)

    @property
    def due(self) -> str:
        return format_number(self.row.owed.total)

    @cached_property
    def given(self) -> int:
        return parse_rupiah(self.typed["given"])

    @property
    def is_open(self) -> bool:
        """Whether the boxes of the parts are unfolded: where something was said by hand."""
        return any(value for name, value in self.typed.items() if name not in ("given", "by")) or self.is_by_other_way

    @property
    def is_by_other_way(self) -> bool:
        return self.typed["by"] not in ("", Channel.CASH)

    @property
    def said(self) -> str:
        """Where the money goes, in a sentence."""
        parts = self.parts
        if parts is None:
            return ""
        numbers = {loan.loan_id: loan.number for loan in self.row.loans}
        return " · ".join(
            [
                *(f"{numbers[loan]} {format_number(amount)}" for loan, amount in parts.loans.items()),
                *([_("mandatory {amount}").format(amount=format_number(parts.mandatory))] if parts.mandatory else []),
                *(
                    [_("dues {count} months {amount}").format(count=parts.months, amount=format_number(parts.dues))]
                    if parts.months
                    else []
                ),
                *([_("voluntary {amount}").format(amount=format_number(parts.voluntary))] if parts.voluntary else []),
            ]
        )

    def loan_boxes(self):
        for loan in self.row.loans:
            yield str(loan.loan_id), loan.number, format_number(loan.due), self.typed.get(f"loan_{loan.loan_id}", "")

    def month_options(self):
        return _month_options(tuple(self.row.owed.dues), self.typed.get("dues", ""))


class CollectionForm(Form):
    """The sheet of a meeting. A ticked line counts; its amount is divided by the rules around what is typed by hand.

    `seen` is the sum that stood below the table when it was sent, so that nothing is posted that nobody saw.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, rows: Sequence[SheetRow], rules: CollectionRules, **kwargs):
        super().__init__(*args, **kwargs)
        self.rules = rules
        self.ways = ChannelField(offered=[*RECEIVING, Channel.SAVINGS], unit=Unit.USP)
        self.choices = [(str(value), label) for value, label in self.ways.choices]
        self.known, self.looked_up = {value for value, _label in self.choices}, {}
        self.sheet = [self._line(row) for row in rows]

    def _line(self, row: SheetRow) -> Line:
        owed = row.owed.total
        prefilled = format_number(owed) if owed else ""
        names = ["given", "by", "mandatory", "voluntary", "dues", *(f"loan_{loan.loan_id}" for loan in row.loans)]
        if not self.is_bound:
            line = Line(row, {"given": prefilled, "by": Channel.CASH.value}, was=prefilled)
            line.parts = self._split(row, owed, Wanted()) if owed else None
            return line
        of = {name: name if name.startswith("loan_") else f"{name}_{row.member_id}" for name in names}
        typed = {name: self.data.get(box, "").strip() for name, box in of.items()}
        was = self.data.get(f"was_{row.member_id}", "")
        line = Line(row, typed, was=was, is_taken=f"on_{row.member_id}" in self.data)
        by_hand = [name for name in names if name not in ("given", "by") and typed[name]]
        if line.is_taken:
            self._read(line)
        elif typed["given"] != was or by_hand or line.is_by_other_way:
            line.errors.append(_("Something was typed here, but the line is not ticked. Tick it, or put it back."))
        elif owed:
            line.parts = self._split(row, owed, Wanted())
        return line

    def _read(self, line: Line) -> None:
        try:
            loans = {
                loan.loan_id: amount
                for loan in line.row.loans
                if (amount := _amount(line.typed[f"loan_{loan.loan_id}"])) is not None
            }
            months = line.typed["dues"]
            if months and not (months.isdecimal() and line.row.dues and int(months) <= line.row.dues.due_months):
                raise ValueError(_("So many months of dues are not open."))
            wanted = Wanted(
                mandatory=_amount(line.typed["mandatory"]),
                months=int(months) if months else None,
                voluntary=_amount(line.typed["voluntary"]),
                loans=loans,
            )
            line.channel = self._way(line.typed["by"])
            given = _amount(line.typed["given"])
            if not given:
                raise ValueError(_("Enter what was handed over."))
            line.parts = self._split(line.row, given, wanted, keeps_rest=line.channel != Channel.SAVINGS)
            self._refuse_left(line.parts)
        except ValueError as error:
            line.errors.append(str(error))

    def _split(self, row, given, wanted, *, keeps_rest=True) -> Parts:
        keeps_rest = keeps_rest and self.rules.keeps_rest
        return split(given, row.owed, order=self.rules.order, keeps_rest=keeps_rest, wanted=wanted)

    def _way(self, value: str):
        """Each way is looked up once, however many lines are paid by it."""
        if value not in self.known:
            raise ValueError(_("Choose how it was paid."))
        if value not in self.looked_up:
            self.looked_up[value] = self.ways.clean(value)
        return self.looked_up[value]

    @staticmethod
    def _refuse_left(parts: Parts) -> None:
        if parts.left < 0:
            raise ValueError(_("The parts are {amount} more than was given.").format(amount=format_rupiah(-parts.left)))
        if parts.left:
            raise ValueError(
                _("{amount} is more than is owed. Give it back, or enter it as voluntary savings.").format(
                    amount=format_rupiah(parts.left)
                )
            )

    def clean(self):
        wrong = sum(bool(line.errors) for line in self.sheet)
        if wrong:
            raise ValidationError(self._still_here(wrong))
        return self.cleaned_data

    def refuse(self, refusal: Refused) -> None:
        """What the service said about single rows stands on their lines."""
        if not isinstance(refusal, ManyRefused):
            return super().refuse(refusal)
        for line in self.sheet:
            if line.pk in refusal.rows:
                line.errors.append(refusal.rows[line.pk])
        return self.add_error(None, self._still_here(len(refusal.rows)))

    @staticmethod
    def _still_here(wrong: int) -> str:
        return _("{count} lines are not right yet. Nothing was posted, and all that you typed is still here.").format(
            count=wrong
        )

    @property
    def taken(self) -> list[Line]:
        return [line for line in self.sheet if line.is_taken and line.parts]

    @property
    def total(self) -> int:
        return sum(line.given for line in self.taken)

    @property
    def cash(self) -> int:
        return sum(line.given for line in self.taken if line.channel == Channel.CASH)

    @property
    def owed(self) -> int:
        return sum(line.row.owed.total for line in self.sheet)

    @property
    def was_seen(self) -> bool:
        return self.cleaned_data["seen"] == str(self.total)

    def way_options(self, line: Line):
        return _options(self.choices, line.typed["by"])

    def lines(self):
        """Each line with the ways of paying it, drawn once for each way that is chosen."""
        drawn = {}
        for line in self.sheet:
            chosen = line.typed["by"]
            if chosen not in drawn:
                drawn[chosen] = self.way_options(line)
            yield line, drawn[chosen]

    def collected(self) -> list[Collected]:
        """What was ticked, for `services.collect`."""
        members = Member.objects.in_bulk([line.pk for line in self.taken])
        loans = Loan.objects.in_bulk([loan for line in self.taken for loan in line.parts.loans])
        return [
            Collected(
                member=members[line.pk],
                mandatory=line.parts.mandatory,
                voluntary=line.parts.voluntary,
                dues_months=line.parts.months,
                repayments={loans[loan]: amount for loan, amount in line.parts.loans.items()},
                channel=line.channel,
            )
            for line in self.taken
        ]


def _amount(text: str) -> int | None:
    return parse_rupiah(text) if text else None


@lru_cache(maxsize=64)
def _month_options(costs: tuple[int, ...], chosen: str):
    """Most members owe the same months, so that one drawing serves them all."""
    pairs = [(str(n), f"{n} × = {format_number(sum(costs[:n]))}") for n in range(len(costs) + 1)]
    return _options([("", _("by the rules")), *pairs], chosen)


def _options(choices, chosen):
    plain, selected = '<option value="{}">{}</option>', '<option value="{}" selected>{}</option>'
    drawn = (format_html(selected if value == chosen else plain, value, label) for value, label in choices)
    return format_html_join("", "{}", ((option,) for option in drawn))


class CollectionCountForm(PiecesForm):
    """The cash of the evening by denomination; the reason is asked for where it differs from what was received."""

    witness = forms.CharField(label=gettext_lazy("Who counted along"), max_length=120)
    reason = forms.CharField(
        label=gettext_lazy("Reason for a difference"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only where the money on the table is not what was received."),
    )
    heads = ("witness", "reason")
