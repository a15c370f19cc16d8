"""The year of the cooperative as its annual meeting reads it (UU 25/1992 art. 35; Permenkop UKM 2/2024 art. 8).

Both units together: what one owes the other is left out. Every figure is asked of the books as at the two year ends.
"""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from activities import queries as activities
from core import sql
from core.permissions import Role
from governance import queries as governance
from governance.models import Attendance, Meeting, Office
from ledger import chart
from ledger import queries as ledger
from ledger.models import Period, Unit
from loans import queries
from loans.models import CollectibilityRules
from members.models import Member
from orders.models import Order, Settlement
from reports.checks import run_all
from shu.models import Distribution

OPERATING, INVESTING, FINANCING = "operating", "investing", "financing"
INVESTED = {chart.FIXED_ASSETS, chart.ACCUMULATED_DEPRECIATION}


@dataclass(frozen=True)
class TwoYears:
    """An account, or a sum, in the year and in the year before."""

    code: str
    name: str
    now: int
    before: int


@dataclass(frozen=True)
class EquityRow:
    """What a part of own capital was, gained, lost and is."""

    name: str
    opening: int
    added: int
    taken: int

    @property
    def closing(self) -> int:
        return self.opening + self.added - self.taken


@dataclass(frozen=True)
class Flow:
    """Cash that came in (plus) or went out (minus) because of an account, and the activity it belongs to."""

    activity: str
    name: str
    amount: int


class Year:
    """All of it for one year; each part is asked of the books when it is read."""

    def __init__(self, year: int):
        self.year = year
        self.first, self.last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        self.before = datetime.date(year - 1, 12, 31)

    # -- the books ---------------------------------------------------------------------------------------------------

    @cached_property
    def _sheets(self):
        return {
            day: [ledger.balance_sheet(unit, as_of=day) for unit in Unit.values] for day in (self.last, self.before)
        }

    def position(self, kind: str) -> list[TwoYears]:
        """`assets`, `liabilities` or `equity` at the two year ends, without what the units owe each other."""
        sums = {}
        for place, day in enumerate((self.last, self.before)):
            for sheet in self._sheets[day]:
                for row in getattr(sheet, kind):
                    if row.code != chart.INTER_UNIT:
                        _name, amounts = sums.setdefault(row.code, (row.name, [0, 0]))
                        amounts[place] += row.amount
        return [TwoYears(code, name, *amounts) for code, (name, amounts) in sorted(sums.items())]

    @cached_property
    def results(self) -> list[TwoYears]:
        """The SHU of this year and of earlier years, as the position shows them below own capital."""
        now, before = (self._sheets[day] for day in (self.last, self.before))
        return [
            TwoYears(
                "",
                _("SHU of earlier years"),
                sum(sheet.earlier for sheet in now),
                sum(sheet.earlier for sheet in before),
            ),
            TwoYears(
                "",
                _("SHU of this year"),
                sum(sheet.this_year for sheet in now),
                sum(sheet.this_year for sheet in before),
            ),
        ]

    @cached_property
    def _statements(self):
        spans = ((self.first, self.last), (self.first.replace(year=self.year - 1), self.before))
        return [
            [ledger.income_statement(unit, first=first, last=last) for unit in Unit.values] for first, last in spans
        ]

    def income(self, kind: str) -> list[TwoYears]:
        """`income` or `expenses` of the year and of the one before."""
        sums = {}
        for place, statements in enumerate(self._statements):
            for statement in statements:
                for row in getattr(statement, kind):
                    _name, amounts = sums.setdefault(row.code, (row.name, [0, 0]))
                    amounts[place] += row.amount
        return [TwoYears(code, name, *amounts) for code, (name, amounts) in sorted(sums.items())]

    @cached_property
    def equity_changes(self) -> list[EquityRow]:
        rows = {}
        for unit, sheet in zip(Unit.values, self._sheets[self.before], strict=True):
            opening = {row.code: row.amount for row in sheet.equity}
            for row in ledger.movements(unit, first=self.first, last=self.last):
                if row.kind == chart.EQUITY and (opening.get(row.code) or row.debit or row.credit):
                    _name, figures = rows.setdefault(row.code, (_(row.name), [0, 0, 0]))
                    for place, amount in enumerate((opening.get(row.code, 0), row.credit, row.debit)):
                        figures[place] += amount
        earned = sum(sheet.result for sheet in self._sheets[self.before])
        this_year = sum(sheet.this_year for sheet in self._sheets[self.last])
        return [
            *(EquityRow(name, *figures) for _code, (name, figures) in sorted(rows.items())),
            EquityRow(_("SHU earned, before division"), earned, max(this_year, 0), max(-this_year, 0)),
        ]

    @cached_property
    def cash_flows(self) -> list[Flow]:
        rows = sql.rows(
            "reports/sql/cash_flows.sql",
            cash=list(chart.MONEY),
            between=chart.INTER_UNIT,
            first=self.first,
            last=self.last,
        )
        return [Flow(_activity(row), _(row.name), row.amount) for row in rows]

    @cached_property
    def cash(self) -> TwoYears:
        """Cash and bank at the two year ends."""
        now, before = (
            sum(row.amount for sheet in self._sheets[day] for row in sheet.assets if row.code in chart.MONEY)
            for day in (self.last, self.before)
        )
        return TwoYears("", _("Cash and bank"), now, before)

    # -- the people and the work -------------------------------------------------------------------------------------

    @cached_property
    def members(self) -> dict[str, int]:
        entered = Q(entered_on__lte=self.last)
        return Member.objects.aggregate(
            opening=Count("pk", filter=Q(entered_on__lt=self.first) & ~Q(left_on__lt=self.first)),
            entered=Count("pk", filter=Q(entered_on__range=(self.first, self.last))),
            left=Count("pk", filter=Q(left_on__range=(self.first, self.last))),
            closing=Count("pk", filter=entered & (Q(left_on=None) | Q(left_on__gt=self.last))),
        )

    @cached_property
    def life(self) -> dict[str, int]:
        """Meetings and who came, visits and what was given, orders taken, work handed over and what it paid."""
        span = (self.first, self.last)
        meetings = Meeting.objects.filter(on__range=span).count()
        came = Attendance.objects.filter(meeting__on__range=span).count()
        visits = activities.visits_of_year(self.year)
        paid = Settlement.objects.filter(settled_on__range=span, reversed_on=None)
        return {
            "meetings": meetings,
            "attendance": round(came / meetings) if meetings else 0,
            "visits": visits.count,
            "given": visits.given,
            "orders": Order.objects.filter(ordered_on__range=span).count(),
            "handed_over": paid.count(),
            "handed_over_amount": paid.aggregate(sum=Sum("amount", default=0))["sum"],
        }

    @cached_property
    def portfolio(self) -> queries.Portfolio | None:
        """How good the loans were on the last day, under the rules in force then."""
        rules = CollectibilityRules.objects.current(self.last)
        return rules and queries.portfolio(rules, as_of=self.last)

    @cached_property
    def division(self) -> Distribution | None:
        return Distribution.objects.standing().filter(year=self.year).select_related("decided_in").first()

    @cached_property
    def rules(self) -> list:
        """The rules in force on the last day, with the decisions behind them."""
        found = governance.overview(as_of=self.last)
        return [rules for rules in found if rules.current]

    @cached_property
    def failed_checks(self) -> int:
        return sum(not check.passed for check in run_all(as_of=self.last))

    @property
    def is_closed(self) -> bool:
        closed = Period.objects.filter(month=self.last.replace(day=1), closed_on__isnull=False)
        return closed.count() == len(Unit.values)

    def officers(self, *, supervise: bool) -> list[tuple[str, str]]:
        """Who signs: all of the board (art. 36), or the supervisors under their own report (art. 39)."""
        roles = [Role.SUPERVISOR] if supervise else [Role.CHAIR, Role.SECRETARY, Role.TREASURER]
        held = Office.objects.held(as_of=self.last).filter(role__in=roles).select_related("member")
        found = sorted(held, key=lambda office: (roles.index(office.role), office.pk))
        return [(office.get_role_display(), office.member.name) for office in found]


def _activity(row) -> str:
    """Own capital finances, fixed assets are invested in, all else is the daily business with the members."""
    if row.code in INVESTED:
        return INVESTING
    return FINANCING if row.kind == chart.EQUITY else OPERATING


def years(*, as_of: datetime.date) -> list[int]:
    """The years that are over and have books, newest first."""
    months = Period.objects.filter(month__lt=datetime.date(as_of.year, 1, 1), month__month=12)
    return sorted({month.year for month in months.values_list("month", flat=True)}, reverse=True)
