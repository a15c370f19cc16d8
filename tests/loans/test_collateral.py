"""What is pledged: who adds it, who values it, who sees the photo, when it goes back."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from loans import services
from loans.models import Collateral, Loan
from loans.services import LoanRefused
from savings import queries as savings
from savings.services import SavingsRefused, deposit, withdraw
from tests.builders import a_member_in
from tests.loans.builders import DAY, an_application, an_approved_loan
from tests.loans.test_loan_views import as_, send, text

pytestmark = pytest.mark.django_db

FEBRUARY = datetime.date(2026, 2, 12)


def a_photo():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return SimpleUploadedFile("stnk.png", out.getvalue(), content_type="image/png")


def pledged(loan, *, by, on=DAY, **facts):
    facts = {"kind": "machine", "description": "Mesin seset", "value_estimated": 3_000_000} | facts
    return services.pledge(loan, on=on, by=by, **facts)


def test_the_borrower_pledges_while_the_application_waits(sri, chair):
    loan = an_application(sri, by=sri.user)
    assert str(pledged(loan, by=sri.user)) == "mesin: Mesin seset"
    services.approve(loan, on=DAY, by=chair)
    with pytest.raises(LoanRefused, match="kepada pengurus"):
        pledged(loan, by=sri.user)
    assert pledged(loan, by=chair).added_by == chair


def test_nobody_pledges_for_another(sri, treasurer):
    other = a_member_in("Budi Santoso", by=treasurer, username="budi")
    with pytest.raises(LoanRefused, match="pinjaman Anda sendiri"):
        pledged(an_application(sri, by=sri.user), by=other.user)


def test_an_officer_says_how_much_counts_and_never_more_than_it_is_worth(sri, chair):
    collateral = pledged(an_application(sri, by=sri.user), by=sri.user)
    with pytest.raises(LoanRefused, match="agunannya sendiri"):
        services.value_collateral(collateral, value_counted=1, on=DAY, by=sri.user)
    with pytest.raises(LoanRefused) as refusal:
        services.value_collateral(collateral, value_counted=3_000_001, on=DAY, by=chair)
    assert refusal.value.field == "value_counted"
    assert services.value_collateral(collateral, value_counted=2_000_000, on=DAY, by=chair).counted_by == chair


def test_it_goes_back_when_nothing_is_owed_and_once(sri, treasurer):
    loan = an_approved_loan(sri, by=treasurer)
    collateral = pledged(loan, by=treasurer)
    services.disburse(loan, on=DAY, by=treasurer)
    with pytest.raises(LoanRefused, match="berjalan"):
        services.return_collateral(collateral, on=FEBRUARY, by=treasurer)
    services.repay(loan, amount=1_416_000, on=FEBRUARY, by=treasurer)
    assert services.return_collateral(collateral, on=FEBRUARY, by=treasurer).returned_on == FEBRUARY
    with pytest.raises(LoanRefused, match="sudah dikembalikan"):
        services.return_collateral(collateral, on=FEBRUARY, by=treasurer)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"value_counted": 3_000_001}, "counts_no_more|counted_by_whom"),
        ({"value_counted": 1}, "counted_by_whom"),
        ({"returned_on": DAY}, "returned_by_whom"),
        ({"description": "lain"}, "pledge_stays|Cannot update"),
    ],
)
def test_the_database_keeps_what_was_pledged(sri, change, constraint):
    pledged(an_application(sri, by=sri.user), by=sri.user)
    with pytest.raises(Exception, match=constraint), transaction.atomic():
        Collateral.objects.update(**change)


def test_the_database_refuses_the_borrower_as_valuer(sri):
    pledged(an_application(sri, by=sri.user), by=sri.user)
    with pytest.raises(IntegrityError, match="their own collateral"), transaction.atomic():
        Collateral.objects.update(value_counted=1, counted_on=DAY, counted_by=sri.user)


# -- in the browser --------------------------------------------------------------------------------------------------


def test_pledge_look_value_and_give_back_in_the_browser(sri, chair, treasurer, supervisor):
    other = a_member_in("Budi Santoso", by=treasurer, username="budi")
    loan = an_application(sri, by=sri.user)
    url = reverse("loans:pledge", args=[loan.pk])
    facts = {"kind": "vehicle", "description": "BPKB AB 1234 XY", "value_estimated": "8.000.000", "paper": a_photo()}
    page = send(as_(sri.user), url, **facts)
    assert "BPKB AB 1234 XY" in text(page)
    collateral = Collateral.objects.get()
    photo = reverse("loans:collateral-paper", args=[collateral.pk])
    statuses = [as_(user).get(photo).status_code for user in (sri.user, chair, supervisor, other.user)]
    assert statuses == [200, 200, 200, 404]
    assert as_(other.user).get(url).status_code == 404

    value = reverse("loans:value-collateral", args=[collateral.pk])
    assert [as_(user).get(value).status_code for user in (sri.user, supervisor)] == [403, 403]
    assert "Rp 5.000.000" in text(send(as_(chair), value, value_counted="5.000.000"))

    back = reverse("loans:return-collateral", args=[collateral.pk])
    services.refuse(loan, reason="Kas belum cukup", on=DAY + datetime.timedelta(days=1), by=chair)
    assert as_(sri.user).get(back).status_code == 403
    assert "dikembalikan" in text(send(as_(treasurer), back))
    collateral.refresh_from_db()
    assert collateral.returned_by == treasurer


def test_a_loan_into_savings_and_an_instalment_from_them_in_the_browser(sri, treasurer, chair):
    loan = services.approve(an_application(sri, by=sri.user), on=DAY, by=chair)
    page = send(as_(treasurer), reverse("loans:disburse", args=[loan.pk]), on="2026-01-12", through="savings")
    assert "buku simpanan" in text(page)
    page = send(
        as_(treasurer), reverse("loans:repay", args=[loan.pk]), amount="118000", on="2026-02-12", through="savings"
    )
    assert "Rp 118.000 diterima." in text(page)
    assert Loan.objects.get().repayments.get().savings.amount == 118_000
    page = send(
        as_(treasurer), reverse("loans:repay", args=[loan.pk]), amount="1", on="2026-02-12", through="settlement"
    )
    assert Loan.objects.get().repayments.count() == 1
    movement = loan.repayments.get().savings
    assert as_(chair).get(reverse("savings:reverse", args=[movement.pk])).status_code == 404


def test_savings_pledged_are_blocked_until_they_go_back(sri, treasurer, chair):
    deposit(sri, kind="voluntary", amount=500_000, on=DAY, by=treasurer)
    loan = an_application(sri, by=sri.user)
    collateral = pledged(loan, by=sri.user, kind="savings", value_estimated=400_000)
    assert savings.blocked(sri, as_of=DAY) == 400_000
    with pytest.raises(SavingsRefused):
        withdraw(sri, kind="voluntary", amount=100_001, on=DAY, by=treasurer)
    services.refuse(loan, reason="Kas belum cukup", on=DAY, by=chair)
    services.return_collateral(collateral, on=DAY, by=treasurer)
    assert savings.blocked(sri, as_of=DAY) == 0


def test_more_savings_than_there_are_cannot_be_pledged(sri):
    with pytest.raises(SavingsRefused):
        pledged(an_application(sri, by=sri.user), by=sri.user, kind="savings", value_estimated=400_000)
    assert not Collateral.objects.exists()
