"""Help among neighbours: what the social fund gives, a mistake put right, and what waits on the last day."""

import datetime
from random import Random

from activities import queries, services
from activities.models import Source
from core.dates import add_months
from governance import services as governance
from governance.models import Decision, DecisionKind
from kokkmas.seed.founding import Cooperative
from members.models import Member

DAY = datetime.timedelta(days=1)


def visit(coop: Cooperative, *, on: datetime.date, random: Random) -> None:
    """Somebody is ill or bereaved; the fund gives what it holds enough for, the running expenses the rest."""
    amount = random.choice([100_000, 150_000, 200_000])
    services.record_visit(
        random.choice(coop.makers),
        reason=random.choice(["Sakit, dirawat di rumah", "Anak lahir", "Orang tua meninggal"]),
        visitors="Ketua dan dua anggota",
        amount=amount,
        source=_source(amount, on),
        on=on,
        by=coop.treasurer,
    )


def _source(amount: int, on: datetime.date) -> Source:
    return Source.SOCIAL if queries.fund_balance(Source.SOCIAL.fund, as_of=on) >= amount else Source.RUNNING


def live(coop: Cooperative, *, until: datetime.date) -> None:
    """A neighbour who was helped, a visit that was mistyped, a member who need not pay, and what waits."""
    asker = coop.makers[3].user or coop.secretary
    asked = services.ask_for_help(
        occasion="disability",
        neighbour="Mbah Joyo",
        address="Keparakan Kidul RT 47",
        reason="Jatuh di kamar mandi, tidak bisa berjalan lagi.",
        amount=200_000,
        on=until - 12 * DAY,
        by=asker,
    )
    services.approve_help(asked, granted=150_000, on=until - 10 * DAY, by=coop.chair)
    given = {
        "help_request": asked,
        "reason": "Jatuh, tidak bisa berjalan",
        "visitors": "Ketua dan bendahara",
        "source": _source(150_000, until),
        "on": until,
        "by": coop.treasurer,
    }
    wrong = services.record_visit(amount=105_000, **given)
    services.reverse_visit(wrong, reason="Tertulis 105.000, yang diserahkan 150.000", on=until, by=coop.chair)
    services.record_visit(amount=150_000, report="Butuh kursi roda; RW akan meminjamkan.", **given)
    mourner = coop.makers[2]
    asked = services.ask_for_help(
        member=mourner, occasion="death", reason="Ibunya meninggal.", amount=100_000, on=until - 3 * DAY, by=asker
    )
    services.approve_help(asked, granted=100_000, on=until - 2 * DAY, by=coop.secretary)
    services.ask_for_help(
        member=coop.makers[4], occasion="illness", reason="Opname karena demam berdarah.", on=until - DAY, by=asker
    )
    _waive(coop, mourner, on=until)


def _waive(coop: Cooperative, member: Member, *, on: datetime.date) -> None:
    decision = governance.record_decision(
        number=f"RA-{on:%Y-%m}-{Decision.objects.count() + 1:02}",
        organ=Decision.Organ.MEMBERS_MEETING,
        kind=DecisionKind.WAIVER,
        subject=member,
        decided_on=on,
        title="Pembebasan iuran tiga bulan",
        text="Anggota yang berduka dibebaskan dari iuran tiga bulan.",
        by=coop.secretary,
    )
    services.waive_dues(
        member,
        first_month=add_months(on, 1),
        last_month=add_months(on, 3),
        reason="Sedang berduka",
        decided_in=decision,
        on=on,
        by=coop.chair,
    )
