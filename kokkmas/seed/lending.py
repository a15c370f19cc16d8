"""What the loan book can do beside paying in time: collateral, visits, savings as purse, early closing, both organs."""

import datetime
import io

from PIL import Image, ImageDraw

from core import uploads
from core.dates import add_months
from kokkmas.seed.founding import Cooperative
from ledger.channels import Channel
from loans import queries
from loans import services as loans
from loans.models import Loan, LoanProduct
from loans.queries import eligibility
from savings import services as savings

DAY = datetime.timedelta(days=1)


def show_lending(coop: Cooperative, *, on: datetime.date) -> None:
    """On the last day: running loans are paid in every way there is, and those that wait have something to look at."""
    running = iter(_in_time(on))
    for tell in (_from_savings, _beyond_what_is_due, _written_late, _closed_early):
        if loan := next(running, None):
            tell(coop, loan, on=on)
    _backed(coop, on=on)
    _an_officer_borrows(coop, on=on)


def _in_time(on: datetime.date) -> list[Loan]:
    late = [standing.loan_id for standing in queries.arrears(as_of=on)]
    rows = Loan.objects.running(as_of=on).filter(written_off_on=None, instalments__gte=5, schedule_version=1)
    return list(rows.exclude(pk__in=late).select_related("member__user", "rules").order_by("pk"))


def _to_pay(loan: Loan, *, on: datetime.date) -> int:
    """What is due, or the instalment that comes; never more than closes the loan, which may ask for less interest."""
    standing = queries.position(loan, as_of=on)
    coming = standing.coming.owed if standing.coming else 0
    return min(standing.due or coming, queries.to_close(loan, on=on).total)


def _from_savings(coop: Cooperative, loan: Loan, *, on: datetime.date) -> None:
    due = _to_pay(loan, on=on)
    savings.deposit(loan.member, kind="voluntary", amount=due + 50_000, on=on, by=coop.treasurer)
    loans.repay(loan, amount=due, on=on, by=coop.treasurer, through=Channel.SAVINGS)


def _beyond_what_is_due(coop: Cooperative, loan: Loan, *, on: datetime.date) -> None:
    now = queries.position(loan, as_of=on)
    extra = now.principal // 3 // 1_000 * 1_000
    due = _to_pay(loan, on=on)
    if extra and due + extra < queries.to_close(loan, on=on).total:
        loans.repay(loan, amount=due + extra, on=on, by=coop.treasurer)


def _written_late(coop: Cooperative, loan: Loan, *, on: datetime.date) -> None:
    """Found in the treasurer's pocket book: two days old, and another payment was written down meanwhile."""
    day = max(on.replace(day=1), loan.disbursed_on, on - 2 * DAY)
    if day < on:
        loans.repay(loan, amount=60_000, on=on, by=coop.treasurer)
        loans.repay(loan, amount=50_000, on=day, by=coop.treasurer)


def _closed_early(coop: Cooperative, loan: Loan, *, on: datetime.date) -> None:
    loans.pay_off(loan, on=on, by=coop.treasurer)


def _backed(coop: Cooperative, *, on: datetime.date) -> None:
    """Every application that waits has collateral with a photo, valued by an officer, and a visit behind it."""
    for index, loan in enumerate(Loan.objects.waiting().select_related("member__user").order_by("pk")):
        kind, what, value = [("vehicle", "BPKB sepeda motor 2019", 9_000_000), ("machine", "Mesin seset", 4_000_000)][
            index % 2
        ]
        pledged = loans.pledge(
            loan, kind=kind, description=what, value_estimated=value, paper=photo(what), on=on, by=loan.member.user
        )
        loans.value_collateral(pledged, value_counted=value * 7 // 10, on=on, by=coop.secretary)
        seen = "Bengkel rapi, dua mesin jalan. Pesanan toko ada; uangnya untuk kulit dan sol."
        loans.survey(loan, visited_on=on - DAY, seen=seen, on=on, by=coop.secretary)


def photo(words: str) -> uploads.Upload:
    image = Image.new("RGB", (480, 320), "#F4ECE0")
    ImageDraw.Draw(image).text((40, 140), words, fill="#7A4A21")
    out = io.BytesIO()
    image.save(out, "JPEG")
    out.name, out.size = "agunan.jpg", out.tell()
    out.seek(0)
    return uploads.photo(out)


def _an_officer_borrows(coop: Cooperative, *, on: datetime.date) -> None:
    """The secretary asks for a loan: the board has said yes, the supervisors have not answered yet."""
    member = next((officer for officer in coop.officers if officer.user_id == coop.secretary.pk), None)
    product = LoanProduct.objects.get(code="darurat")
    wish = {"product": product, "principal": 500_000, "instalments": 5, "purpose": "Biaya sekolah anak"}
    if member is None or add_months(member.entered_on, 1) > on:
        return
    if not all(check.passed for check in eligibility(member, as_of=on, **wish)):
        return
    loan = loans.apply(member, **wish, on=on, by=coop.secretary)
    loans.approve(loan, on=on, by=coop.chair)
