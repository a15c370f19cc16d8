"""Test data made through the services, with visible defaults and nothing random."""

import datetime

from core.dates import now, today
from core.models import SecondFactor, User
from core.permissions import Role
from core.services import create_user
from governance.models import Decision, Office
from governance.services import elect as record_election
from governance.services import put_in_force, record_decision
from ledger import chart
from ledger.models import Period, Unit
from ledger.services import credit, debit, post_entry
from members import services as members
from members.models import Business, Member, Partner
from savings import services as savings
from savings.models import SavingsRules
from treasury import services as treasury


def a_user(role, *, username=None, name=None) -> User:
    """Somebody with a login; the password is `rahasia-sekali`."""
    return create_user(
        username=username or role,
        name=name or str(role).title(),
        role=role,
        password="rahasia-sekali",
        must_change_password=False,
    )


def a_second_factor(user: User, secret: str) -> None:
    """A telephone that shows the codes of `secret`."""
    SecondFactor.objects.create(user=user, secret=secret, last_step=0, at=now())


def the_user(role) -> User:
    """The chair, treasurer, ... of this test: the one who is there, or a new one."""
    return User.objects.filter(role=role).first() or a_user(role)


def a_secretary() -> User:
    return the_user(Role.SECRETARY)


def open_books() -> None:
    """Both units' books, open from 2024 to 2027, and to next year whenever these tests are run."""
    Period.objects.bulk_create(
        [
            Period(unit=unit, month=datetime.date(year, month, 1))
            for unit in Unit
            for year in range(2024, max(2027, today().year + 1) + 1)
            for month in range(1, 13)
        ],
        ignore_conflicts=True,
    )


CAPITAL = 1_000_000_000


def capital(amount=CAPITAL, *, on=datetime.date(2024, 1, 1), code=chart.CASH, units=tuple(Unit)) -> None:
    """Money in the cash box of each unit, for tests that pay out: the books refuse to spend what is not there.

    Not a grant, which would be own capital and raise the ceiling for related parties.
    """
    for unit in units:
        post_entry(
            unit=unit,
            on=on,
            reference=f"capital:{unit}:{code}:{on}",
            memo="Modal awal",
            lines=[debit(code, amount), credit(chart.OPENING_BALANCES, amount)],
            by=the_user(Role.TREASURER),
        )


def a_journal(lines, *, by, on, memo="Jurnal", unit=Unit.UMUM):
    """An entry by hand, as the treasurer corrects something."""
    return treasury.record_journal(unit=unit, on=on, memo=memo, lines=lines, by=by)


def an_applicant(name="Sri Lestari", *, on=datetime.date(2025, 1, 6), by=None, **particulars) -> Member:
    """Somebody whose application waits for the board; `particulars` as in `members.services.apply`."""
    return members.apply(name=name, on=on, by=by or a_secretary(), **particulars)


def a_member(
    name="Sri Lestari", *, on=datetime.date(2025, 1, 6), by=None, username=None, user=None, **particulars
) -> Member:
    """A member who applied, was admitted and entered on one day; savings are not paid (see `savings.services.join`).

    `by` must be chair or secretary. `username` gives a login with role member and password `rahasia-sekali`; `user`
    says instead which officer this is.
    """
    by = by or a_secretary()
    member = an_applicant(name, on=on, by=by, **particulars)
    members.admit(member, on=on, by=by)
    member = members.enter(member, on=on, by=by)
    if username:
        user = a_user(Role.MEMBER, username=username, name=name)
    return members.link_login(member, user=user, by=by) if user else member


def a_business(member, *, name="Kulit Lestari", products=("sandals",), by=None, **facts) -> Business:
    return members.set_business(
        member, name=name, address="Keparakan Kidul MG I/1120", products=products, by=by or a_secretary(), **facts
    )


def a_partner(name="Toko Batik Malioboro", *, kind="buyer", market="local", by=None, **facts) -> Partner:
    return members.record_partner(name=name, kind=kind, market=market, by=by or a_secretary(), **facts)


def a_decision(
    *,
    by,
    on=datetime.date(2025, 1, 12),
    number=None,
    organ=Decision.Organ.MEMBERS_MEETING,
    kind="rules",
    about=None,
    detail="",
    **facts,
) -> Decision:
    """A paper of the members' meeting from before the system, numbered by its day unless a number is given.

    Without more it set rules of every kind; `kind` and `about` name what else was decided: the draft, the loan, the
    case, the member elected (`detail` is the office then).
    """
    return record_decision(
        number=number or f"RA-{on:%Y-%m-%d}",
        organ=organ,
        kind=kind,
        subject=about,
        detail=detail,
        decided_on=on,
        title="Aturan bersama",
        text="Rapat menyetujui aturan ini dengan suara bulat.",
        by=by,
        **facts,
    )


def elect(member, *, role, started_on, ends_on, by, decided_in=None) -> Office:
    """An election as the members decided it on the first day of the term, recorded by `by`."""
    decided_in = decided_in or a_decision(
        by=by,
        on=started_on,
        number=f"PILIH-{Decision.objects.count() + 1}",
        kind="election",
        about=member,
        detail=role,
    )
    return record_election(member, role=role, started_on=started_on, ends_on=ends_on, by=by, decided_in=decided_in)


def savings_rules(
    *,
    by,
    on=datetime.date(2025, 1, 12),
    principal=100_000,
    mandatory=20_000,
    minimum=0,
    due_day=12,
    decided_in=None,
    **terms,
) -> SavingsRules:
    """Rules of saving in force from `on`: principal 100,000 once, mandatory 20,000 a month; `terms` add others."""
    return put_in_force(
        SavingsRules,
        in_force_from=on,
        decided_in=decided_in or a_decision(by=by, on=on),
        on=on,
        by=by,
        principal_amount=principal,
        mandatory_amount=mandatory,
        mandatory_due_day=due_day,
        minimum_voluntary_balance=minimum,
        **terms,
    )


def a_member_in(
    name="Sri Lestari", *, on=datetime.date(2025, 1, 12), by, username=None, voluntary=0, **particulars
) -> Member:
    """A member who paid principal and first mandatory savings on `on` (needs `books` and `savings_rules`).

    `by` is the treasurer. `username` gives a login with role member; `voluntary` is deposited on the same day.
    """
    secretary = a_secretary()
    member = an_applicant(name, on=on, by=secretary, **particulars)
    members.admit(member, on=on, by=secretary)
    savings.join(member, on=on, by=by)
    member.refresh_from_db()
    if voluntary:
        savings.deposit(member, kind="voluntary", amount=voluntary, on=on, by=by)
    if username:
        members.link_login(member, user=a_user(Role.MEMBER, username=username, name=name), by=secretary)
        member.refresh_from_db()
    return member
