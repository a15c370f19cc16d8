"""What the cooperative did so that its members can do more: two trainings, an exhibition, a lent machine."""

import datetime

from activities import services as activities
from activities.models import Programme
from core.dates import add_months
from kokkmas.seed.founding import Cooperative
from members.models import Skill

PAST = [
    # months ago, kind, title, goal, who leads it, result, what was paid for, amount
    (
        14,
        "training",
        "Mengopen sepatu pantofel",
        "Sepuluh anggota bisa mengopen pantofel tanpa cacat",
        "Pak Marto, Magetan",
        "Delapan dari sebelas peserta membuat sepasang yang diterima pembeli.",
        "Kulit latihan dan konsumsi",
        650_000,
    ),
    (
        7,
        "promotion",
        "Pameran di Pasar Beringharjo",
        "Menemukan dua pembeli tetap dari luar kota",
        "Sekretaris",
        "Satu pembeli dari Surabaya memesan; kartu nama 40 toko terkumpul.",
        "Sewa meja dan spanduk",
        800_000,
    ),
]


def live(coop: Cooperative, *, until: datetime.date) -> None:
    for months, kind, title, goal, mentor, result, what, amount in PAST:
        day = add_months(until, -months).replace(day=20)
        if day <= coop.started_on:
            continue
        planned = _plan(coop, kind=kind, title=title, goal=goal, mentor=mentor, planned_on=day, on=add_months(day, -1))
        guests = coop.makers[months % 5 :: 3]
        for member in guests:
            activities.join_programme(planned, member, on=add_months(day, -1), by=coop.secretary)
        activities.hold_programme(planned, came=guests[1:], result=result, on=day, by=coop.secretary)
        activities.pay_expense(
            planned,
            what=what,
            to="Toko dan warung setempat",
            amount=amount,
            source="running",
            on=until,
            by=coop.treasurer,
        )
    coming = _plan(
        coop,
        kind="mentoring",
        title="Foto produk dengan ponsel",
        goal="Setiap usaha punya lima foto yang layak untuk Instagram",
        mentor="Relawan kampus seni",
        planned_on=until + datetime.timedelta(days=24),
        on=until,
        places=15,
    )
    for member in coop.makers[2:20:4]:
        activities.join_programme(coming, member, on=until, by=coop.secretary)
    activities.give_aid(
        coop.makers[6],
        kind="tools",
        what="Mesin jahit kulit, milik koperasi",
        worth=4_500_000,
        is_money=False,
        on=until - datetime.timedelta(days=40),
        due_back_on=until + datetime.timedelta(days=140),
        by=coop.chair,
    )


def _plan(coop: Cooperative, *, title: str, **facts) -> Programme:
    skill = Skill.objects.filter(name__icontains="open").order_by("pk").first() if "open" in title else None
    defaults = {"place": "Balai RW 13", "skill": skill, "places": None, "budget": 1_000_000, "by": coop.secretary}
    return activities.plan_programme(title=title, **defaults | facts)
