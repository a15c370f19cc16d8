"""The surplus of the year before: worked out in January, decided by the annual meeting, paid a week later."""

import datetime

from governance.models import Decision, DecisionKind
from governance.services import record_decision
from kokkmas.seed.founding import Cooperative
from kokkmas.seed.speed import refusal_possible
from shu import services
from shu.models import Distribution
from shu.services import ShuRefused


def work_out(coop: Cooperative, *, on: datetime.date) -> None:
    """Keep the division of the year before; a year without a surplus has none."""
    try:
        with refusal_possible():
            services.propose(on.year - 1, on=on, by=coop.treasurer)
    except ShuRefused:
        return


def decide(coop: Cooperative, *, on: datetime.date) -> None:
    year = on.year - 1
    division = Distribution.objects.standing().filter(year=year).first()
    if division is None:
        return
    decision = record_decision(
        number=f"01/RAT/{on.year}",
        organ=Decision.Organ.ANNUAL_MEETING,
        decided_on=on,
        title=f"Pembagian SHU tahun {year}",
        text=f"Rapat Anggota Tahunan menerima laporan pengurus dan menyetujui pembagian SHU tahun {year}.",
        kind=DecisionKind.SHU,
        subject=division,
        by=coop.secretary,
    )
    services.book(division, decided_in=decision, on=on, by=coop.chair)


def pay(coop: Cooperative, *, on: datetime.date) -> None:
    """Most parts go into savings; two members fetch theirs in cash, one has not come yet."""
    division = Distribution.objects.decided().filter(year=on.year - 1).first()
    if division is None:
        return
    shares = list(division.shares.exclude(member__user=coop.treasurer).order_by("member__number"))
    for share in shares[1:3]:
        services.pay(share, channel="cash", on=on, by=coop.treasurer)
    for share in shares[3:]:
        services.pay(share, channel="savings", on=on, by=coop.treasurer)
