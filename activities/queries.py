"""Who came, who owes dues, as at a date."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from phonenumber_field.phonenumber import PhoneNumber

from activities.models import Attendance, DuesPayment, Meeting
from core import sql
from core.dates import add_months
from governance.models import Decision
from loans import queries as loans
from loans.facts import Attended
from loans.queries import LoanStanding
from members.models import Member
from savings import queries as savings

# -- meetings --------------------------------------------------------------------------------------------------------


def with_attendance(meetings):
    """`meetings` annotated with `present`, who came, and `invited`, how many members there were that day."""
    members = (
        Member.objects.filter(Q(left_on=None) | Q(left_on__gt=OuterRef("on")), entered_on__lte=OuterRef("on"))
        .order_by()
        .annotate(one=F("pk") * 0)
        .values("one")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return meetings.annotate(
        present=Count("attendances"), invited=Coalesce(Subquery(members), 0, output_field=IntegerField())
    )


def decisions_of(meeting: Meeting):
    """What the members decided on the day of the meeting."""
    organs = [Decision.Organ.MEMBERS_MEETING, Decision.Organ.ANNUAL_MEETING]
    return Decision.objects.filter(decided_on=meeting.on, organ__in=organs).order_by("number")


def attended(member: Member, *, since: datetime.date, as_of: datetime.date) -> tuple[int, int]:
    """How many of the meetings after `since` and until `as_of` the member came to, and how many there were."""
    meetings = Meeting.objects.filter(on__gt=since, on__lte=as_of)
    return Attendance.objects.filter(meeting__in=meetings, member=member).count(), meetings.count()


def attendance(member: Member, *, months: int, as_of: datetime.date) -> Attended:
    """The meetings of the last `months` that `member` came to, of those held while they were one. One query."""
    return _attendance(months, as_of, member).get(member.pk, Attended(0, 0))


def attendance_of_everybody(*, months: int, as_of: datetime.date) -> dict[int, Attended]:
    """The same for every member for whom a meeting was held, by their id. One query."""
    return _attendance(months, as_of, None)


def _attendance(months, as_of, member):
    since = add_months(as_of, -months)
    found = sql.rows("activities/sql/attendance.sql", since=since, as_of=as_of, member=member and member.pk)
    return {row.member_id: Attended(row.came, row.held) for row in found}


@dataclass(frozen=True)
class SheetRow:
    """A member's line on the collection sheet of a meeting: everything that is due until that day."""

    member_id: int
    number: int
    name: str
    mandatory: int
    dues: "OpenDues | None"
    loans: tuple[LoanStanding, ...]


def collection_sheet(*, on: datetime.date) -> list[SheetRow]:
    """What every member owes on `on`: mandatory savings, dues, instalments due until that day. Four queries.

    Penalties are not counted here; a payment settles them first where the loan's rules say so.
    """
    mandatory = {row.member_id: row.owed for row in savings.unpaid_mandatory(as_of=on)}
    dues = {row.member_id: row for row in unpaid_dues(as_of=on)}
    running: dict[int, list[LoanStanding]] = {}
    for loan in loans.standings(as_of=on + datetime.timedelta(days=1)):  # an instalment due today counts
        running.setdefault(loan.member_id, []).append(loan)
    return [
        SheetRow(
            member_id=pk,
            number=number,
            name=name,
            mandatory=mandatory.get(pk, 0),
            dues=dues.get(pk),
            loans=tuple(running.get(pk, ())),
        )
        for pk, number, name in Member.objects.entered(as_of=on).order_by("name").values_list("pk", "number", "name")
    ]


# -- dues ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OpenDues:
    """The months of dues a member has not paid, oldest first, the due ones before those that can be paid ahead."""

    member_id: int
    number: int
    name: str
    phone: PhoneNumber | str
    months: tuple[datetime.date, ...]
    amounts: tuple[int, ...]
    due_months: int
    owed: int

    @property
    def owed_from(self) -> datetime.date | None:
        return self.months[0] if self.due_months else None

    @property
    def owed_until(self) -> datetime.date | None:
        return self.months[self.due_months - 1] if self.due_months else None

    def cost(self, months: int) -> int:
        """What the oldest `months` of them come to."""
        return sum(self.amounts[:months])


def open_dues(member: Member, *, as_of: datetime.date, ahead: int = 0) -> OpenDues | None:
    """What `member` can pay: open months until `ahead` months after that of `as_of`; None where there are none."""
    found = _open_dues(as_of=as_of, member=member.pk, ahead=ahead, only_due=False)
    return found[0] if found else None


def dues_owed(member: Member, *, as_of: datetime.date) -> int:
    """Dues due and not paid on `as_of`."""
    found = open_dues(member, as_of=as_of)
    return found.owed if found else 0


def unpaid_dues(*, as_of: datetime.date) -> list[OpenDues]:
    """Every member with a due month of dues that is not paid on `as_of`, by number; one query for all."""
    return _open_dues(as_of=as_of, member=None, ahead=0, only_due=True)


def _open_dues(**parameters) -> list[OpenDues]:
    return [
        OpenDues(
            member_id=row.id,
            number=row.number,
            name=row.name,
            phone=PhoneNumber.from_string(row.phone) if row.phone else "",
            months=tuple(row.months),
            amounts=tuple(row.amounts),
            due_months=row.due_months,
            owed=row.owed,
        )
        for row in sql.rows("activities/sql/open_dues.sql", **parameters)
    ]


def dues_paid(member: Member):
    """A member's payments of dues, newest month first."""
    return DuesPayment.objects.filter(member=member).select_related("receipt", "entry").order_by("-month", "-pk")
