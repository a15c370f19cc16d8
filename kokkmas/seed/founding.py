"""The first month of the demo cooperative: logins, officers, members, rules, price list."""

import datetime
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password

from core.dates import add_months
from core.models import User
from core.permissions import Role
from core.services import create_user
from governance import services as governance
from governance.models import Decision, DecisionKind
from kokkmas.seed.goods import ITEMS, SMALLEST_LOTS, WORK
from kokkmas.seed.people import MAKERS, OFFICERS, PARTNERS, SKILLS
from ledger.models import Unit as Books
from ledger.services import open_year
from members import services as members
from members.models import Member, Partner
from pricing import services as pricing
from pricing.models import Item, Unit
from pricing.steps import STEPS
from savings import services as savings
from savings.models import SavingsRules

PASSWORD = "kokkmas-demo"


@dataclass
class Cooperative:
    """The people and things the story is told about."""

    started_on: datetime.date
    chair: User
    secretary: User
    treasurer: User
    supervisor: User
    makers: list[Member] = field(default_factory=list)
    officers: list[Member] = field(default_factory=list)
    buyers: list[tuple[Partner, int]] = field(default_factory=list)
    items: dict[str, list[Item]] = field(default_factory=dict)
    """What can be ordered, by product of the register."""


def found(*, started_on: datetime.date, until: datetime.date, members_wanted: int) -> Cooperative:
    """The cooperative on its first meeting, with everybody in the register and the rules decided."""
    officers = {role: _login(username, name, role) for username, name, *_person, role in OFFICERS}
    _login("pemelihara", "Pemelihara Sistem", Role.MAINTAINER)
    coop = Cooperative(
        started_on, officers["chair"], officers["secretary"], officers["treasurer"], officers["supervisor"]
    )
    for year in range(started_on.year, add_months(until, 2).year + 1):
        for unit in Books.values:
            open_year(unit, year, by=coop.treasurer)
    _decide_rules(coop)
    _admit_everybody(coop, members_wanted)
    _elect(coop)
    _partners(coop)
    _agree_prices(coop)
    # One hash for everybody: hashing forty passwords would be a quarter of the time this takes.
    User.objects.update(password=make_password(PASSWORD))
    return coop


def _login(username: str, name: str, role: str) -> User:
    return create_user(username=username, name=name, role=role, password=None, must_change_password=False)


def decide(
    coop: Cooperative,
    title: str,
    text: str,
    *,
    on: datetime.date,
    organ: str = Decision.Organ.MEMBERS_MEETING,
    kind: str = DecisionKind.RULES,
    about=None,
    detail: str = "",
):
    """A decision in the minutes of the meeting on `on`, on paper: about rules, unless it says more."""
    number = f"{'RAT' if organ == Decision.Organ.ANNUAL_MEETING else 'RA'}-{on:%Y-%m}-{Decision.objects.count() + 1:02}"
    return governance.record_decision(
        number=number,
        organ=organ,
        decided_on=on,
        title=title,
        text=text,
        kind=kind,
        subject=about,
        detail=detail,
        by=coop.secretary,
    )


def _decide_rules(coop: Cooperative) -> None:
    on = coop.started_on
    governance.put_in_force(
        SavingsRules,
        in_force_from=on,
        decided_in=decide(
            coop,
            "Aturan simpanan",
            "Simpanan pokok Rp 100.000 sekali; simpanan wajib Rp 20.000 sebulan, dibayar paling lambat tanggal 12. "
            "Penarikan di atas Rp 500.000 sehari disetujui ketua.",
            on=on,
        ),
        on=on,
        by=coop.chair,
        principal_amount=100_000,
        mandatory_amount=20_000,
        mandatory_due_day=12,
        minimum_voluntary_balance=10_000,
        approval_above=500_000,
    )


def _admit_everybody(coop: Cooperative, wanted: int) -> None:
    on = coop.started_on
    for index, maker in enumerate(MAKERS[:wanted], start=1):
        born_on = datetime.date.fromisoformat(maker.born)
        member = members.apply(
            name=maker.name,
            nik=_nik(born_on, maker.is_woman, index),
            born_on=born_on,
            is_woman=maker.is_woman,
            phone=f"+62812000{index:05}",
            address=f"Keparakan Kidul No. {index}",
            rt=maker.rt,
            rw=maker.rw,
            on=on,
            by=coop.secretary,
        )
        members.admit(member, on=on, by=coop.chair)
        member = savings.join(member, on=on, by=coop.treasurer).member
        business = members.set_business(
            member,
            name=maker.business,
            address=f"Keparakan Kidul No. {index}",
            rt=maker.rt,
            rw=maker.rw,
            products=[maker.product],
            since_year=maker.since,
            by=coop.secretary,
        )
        members.count_workers(business, on=on, family=maker.family, hired=maker.hired, by=coop.secretary)
        members.set_skills(business, skills=SKILLS[maker.product], by=coop.secretary)
        user = _login(f"anggota{index:02}", maker.name, Role.MEMBER)
        coop.makers.append(members.link_login(member, user=user, by=coop.secretary))


def _elect(coop: Cooperative) -> None:
    """Officers are members too (UU 25/1992 art. 29), here retired craftsmen without a workshop of their own."""
    on = coop.started_on
    users = {
        "chair": coop.chair,
        "secretary": coop.secretary,
        "treasurer": coop.treasurer,
        "supervisor": coop.supervisor,
    }
    for index, (_username, name, is_woman, born, role) in enumerate(OFFICERS, start=len(MAKERS) + 1):
        born_on = datetime.date.fromisoformat(born)
        member = members.apply(
            name=name, nik=_nik(born_on, is_woman, index), born_on=born_on, is_woman=is_woman, on=on, by=coop.secretary
        )
        members.admit(member, on=on, by=coop.secretary if role == "chair" else coop.chair)
        member = savings.join(member, on=on, by=coop.treasurer).member
        coop.officers.append(members.link_login(member, user=users[role], by=coop.secretary))
        recorder, second = (
            (coop.secretary, coop.treasurer)
            if role == "chair"
            else (coop.chair, coop.secretary if role == "treasurer" else coop.treasurer)
        )
        election = decide(
            coop,
            f"Pemilihan {Role(role).label.lower()}",
            f"{name} dipilih untuk masa jabatan lima tahun.",
            on=on,
            kind=DecisionKind.ELECTION,
            about=member,
            detail=role,
        )
        office = governance.elect(
            member, role=role, started_on=on, ends_on=add_months(on, 60), by=recorder, decided_in=election
        )
        governance.confirm_election(office, on=on, by=second)


def _partners(coop: Cooperative) -> None:
    for name, kind, market, city, weight in PARTNERS:
        partner = members.record_partner(
            name=name, kind=kind, market=market, city=city, since_on=coop.started_on, by=coop.secretary
        )
        if weight:
            coop.buyers.append((partner, weight))


def _agree_prices(coop: Cooperative) -> None:
    units = {unit.code: unit for unit in Unit.objects.all()}
    amounts = {}
    for code, name, kind, unit, product, price, _later in ITEMS:
        facts = dict(zip(STEPS, WORK.get(code, ()), strict=False)) | {"smallest_lot": SMALLEST_LOTS.get(code)}
        item = pricing.add_item(code=code, name=name, kind=kind, base_unit=units[unit], by=coop.secretary, **facts)
        amounts[item] = price
        if product:
            coop.items.setdefault(product, []).append(item)
    set_price_list(coop, amounts, on=coop.started_on)


def set_price_list(coop: Cooperative, amounts: dict[Item, int], *, on: datetime.date) -> None:
    """Prepared by the secretary, decided by the meeting, put in force by the chair."""
    draft = pricing.draft_list(on=on, by=coop.secretary)
    draft = pricing.set_prices(draft, amounts=amounts, version=draft.version, by=coop.secretary)
    text = "Harga jual terendah yang disepakati semua anggota."
    decision = decide(coop, "Daftar harga bersama", text, on=on, kind=DecisionKind.PRICE_LIST, about=draft)
    pricing.put_in_force(draft, in_force_from=on, decision=decision, version=draft.version, by=coop.chair)


def _nik(born_on: datetime.date, is_woman: bool, serial: int) -> str:
    """A well-formed NIK of the city, in a district (99) that it does not have, so that it is nobody's."""
    return f"347199{born_on.day + 40 * is_woman:02}{born_on:%m%y}{serial:04}"
