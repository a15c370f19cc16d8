"""Loans in the browser: every role sees what is its own, and every refusal is a sentence on the page."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse

from core.dates import add_months, today
from loans import services
from loans.models import Guarantor, Loan, LoanProduct, Repayment
from tests.builders import a_member_in
from tests.loans.builders import a_disbursed_loan, an_application, an_approved_loan, loan_rules

pytestmark = pytest.mark.django_db


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def send(client, url, **data):
    """Fill in the form that the page shows and send it."""
    token = re.search(r'name="token" value="([^"]+)"', client.get(url).content.decode()).group(1)
    return client.post(url, {"token": token, **data}, follow=True)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def day():
    """Three months ago, so that pages which ask for today find something due."""
    return add_months(today(), -3)


# -- the way of a loan -----------------------------------------------------------------------------------------------


def test_an_artisan_sees_the_rules_before_sending(sri, chair):
    client, url = as_(sri.user), reverse("loans:apply")
    product = Loan.objects.model.rules.field.related_model.objects.get().product_id
    terms = {"product": product, "principal": "1.200.000", "instalments": "12", "purpose": "Kulit"}
    checked = send(client, url, **terms)
    assert "Anggota sejak 12 Januari 2025." in text(checked)
    assert not Loan.objects.exists()
    sent = send(client, url, **terms, send="1")
    loan = Loan.objects.get()
    assert sent.redirect_chain == [(reverse("loans:detail", args=[loan.pk]), 302)]
    assert (loan.member, loan.principal) == (sri, 1_200_000)


def test_what_does_not_fit_is_shown_and_cannot_be_sent(sri):
    client, url = as_(sri.user), reverse("loans:apply")
    product = LoanProduct.objects.get()
    page = send(client, url, product=product.pk, principal="50000000", instalments="12", purpose="Kulit")
    assert "belum terpenuhi" in text(page)
    assert "Kirim pengajuan" not in text(page)
    page = send(client, url, product=product.pk, principal="50000000", instalments="12", purpose="Kulit", send="1")
    assert "Pinjaman belum bisa diajukan." in text(page)
    assert not Loan.objects.exists()


def test_a_repeated_submit_is_carried_out_once(sri, secretary):
    loan_rules(by=secretary, on=datetime.date(2025, 2, 12), most_running_loans=5)
    client, url = as_(sri.user), reverse("loans:apply")
    token = re.search(r'name="token" value="([^"]+)"', client.get(url).content.decode()).group(1)
    terms = {
        "token": token,
        "product": LoanProduct.objects.get().pk,
        "principal": "1000000",
        "instalments": "10",
        "purpose": "Kulit",
        "send": "1",
    }
    client.post(url, terms)
    again = client.post(url, terms)
    assert "sudah terkirim" in text(again)
    assert Loan.objects.count() == 1


def test_an_officer_writes_an_application_down_for_a_member(sri, treasurer):
    url = reverse("loans:apply")
    send(
        as_(treasurer),
        url,
        member=sri.pk,
        product=LoanProduct.objects.get().pk,
        principal="1000000",
        instalments="10",
        purpose="Kulit",
        send="1",
    )
    assert (Loan.objects.get().member, Loan.objects.get().applied_by) == (sri, treasurer)


def test_approve_disburse_repay_and_reverse_in_the_browser(sri, chair, treasurer, day):
    loan = an_application(sri, by=sri.user, on=day)
    approved = send(as_(chair), reverse("loans:approve", args=[loan.pk]))
    assert "Pinjaman disetujui." in text(approved)
    send(as_(treasurer), reverse("loans:disburse", args=[loan.pk]), on=today().isoformat(), through="cash")
    loan.refresh_from_db()
    assert loan.disbursed_on == today()
    paid = send(
        as_(treasurer),
        reverse("loans:repay", args=[loan.pk]),
        amount="118000",
        on=today().isoformat(),
        through="cash",
    )
    repayment = Repayment.objects.get()
    assert f"Kuitansi {repayment.receipt.number}" in text(paid)
    send(
        as_(chair),
        reverse("loans:reverse-repayment", args=[repayment.pk]),
        reason="salah orang",
        on=today().isoformat(),
    )
    repayment.refresh_from_db()
    assert repayment.reversal_reason == "salah orang"


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("9.000.000", "Yang masih terutang pada hari ini hanya"),
        ("", "wajib"),
        ("seratus", "angka"),
        ("-5", "negatif"),
        ("100,50", "rupiah"),
    ],
)
def test_a_payment_that_makes_no_sense_keeps_what_was_typed(sri, treasurer, day, amount, sentence):
    loan = a_disbursed_loan(sri, by=treasurer, on=day)
    page = send(
        as_(treasurer),
        reverse("loans:repay", args=[loan.pk]),
        amount=amount,
        on=today().isoformat(),
        through="cash",
    )
    assert sentence in text(page)
    assert f'value="{amount}"' in text(page) or not amount
    assert not Repayment.objects.exists()


def test_a_payment_in_the_future_is_refused(sri, treasurer, day):
    loan = a_disbursed_loan(sri, by=treasurer, on=day)
    tomorrow = today() + datetime.timedelta(days=1)
    page = send(
        as_(treasurer), reverse("loans:repay", args=[loan.pk]), amount="1000", on=tomorrow.isoformat(), through="cash"
    )
    assert "masa depan" in text(page) or "mendatang" in text(page) or "belum" in text(page)
    assert not Repayment.objects.exists()


def test_a_stale_page_says_what_happened_meanwhile(sri, chair, secretary):
    loan = an_application(sri, by=sri.user)
    client, url = as_(chair), reverse("loans:approve", args=[loan.pk])
    token = re.search(r'name="token" value="([^"]+)"', client.get(url).content.decode()).group(1)
    services.refuse(loan, reason="Kas belum cukup", on=today(), by=secretary)
    page = client.post(url, {"token": token})
    assert "sekarang ditolak" in text(page)


def test_a_guarantor_answers_from_the_inbox(sri, secretary, treasurer):
    rules = loan_rules(by=secretary, on=datetime.date(2025, 2, 12), guarantors_needed=1)
    budi = a_member_in("Budi Santoso", by=treasurer, username="budi")
    an_application(sri, by=sri.user, rules=rules, guarantors=[budi])
    url = budi.user.notices.get().url
    assert as_(sri.user).get(url).status_code == 404
    assert "Sri Lestari" in text(as_(budi.user).get(reverse("loans:mine")))
    send(as_(budi.user), url, yes="1")
    assert Guarantor.objects.get().consented_on == today()


def test_saying_no_is_as_easy(sri, secretary, treasurer):
    rules = loan_rules(by=secretary, on=datetime.date(2025, 2, 12), guarantors_needed=1)
    budi = a_member_in("Budi Santoso", by=treasurer, username="budi")
    an_application(sri, by=sri.user, rules=rules, guarantors=[budi])
    send(as_(budi.user), budi.user.notices.get().url, no="1")
    assert Guarantor.objects.get().declined_on == today()


def test_the_borrower_takes_an_application_back(sri):
    loan = an_application(sri, by=sri.user)
    send(as_(sri.user), reverse("loans:withdraw", args=[loan.pk]))
    loan.refresh_from_db()
    assert loan.state == Loan.State.WITHDRAWN


# -- who sees what ---------------------------------------------------------------------------------------------------

OFFICE = ["list", "arrears"]
ACTIONS = ["approve", "refuse", "disburse", "repay"]


@pytest.mark.parametrize("name", OFFICE)
def test_lists_are_for_officers_and_supervisors(sri, treasurer, supervisor, name):
    url = reverse(f"loans:{name}")
    statuses = [as_(user).get(url).status_code for user in (sri.user, treasurer, supervisor)]
    assert statuses == [403, 200, 200]


@pytest.mark.parametrize("name", ["detail", "schedule", "schedule-paper"])
def test_a_loan_is_seen_by_its_borrower_and_the_officers(sri, treasurer, supervisor, day, name):
    other = a_member_in("Budi Santoso", by=treasurer, username="budi")
    loan = a_disbursed_loan(sri, by=treasurer, on=day)
    url = reverse(f"loans:{name}", args=[loan.pk])
    statuses = [as_(user).get(url).status_code for user in (sri.user, treasurer, supervisor, other.user)]
    assert statuses == [200, 200, 200, 404]


def test_the_loan_page_says_what_closes_the_loan_and_that_closes_it(sri, treasurer, day):
    """Of 1,200,000 over 12 at 18,000 interest, 118,000 is paid: 1,100,000 and eleven times 18,000 remain."""
    loan = a_disbursed_loan(sri, by=treasurer, on=day)
    url = reverse("loans:detail", args=[loan.pk])
    services.repay(loan, amount=118_000, on=today(), by=treasurer)
    page = text(as_(sri.user).get(url))
    figures = re.findall(r"<dd>(.*?)</dd>", page[page.index("Melunasi pinjaman hari ini") :])[:4]
    assert figures == [f"Rp {amount}" for amount in ("1.100.000", "198.000", "0", "1.298.000")]
    services.repay(loan, amount=1_298_000, on=today(), by=treasurer)
    loan.refresh_from_db()
    assert loan.settled_on == today()
    assert "Melunasi pinjaman hari ini" not in text(as_(sri.user).get(url))


@pytest.mark.parametrize("name", ACTIONS)
def test_members_and_supervisors_change_nothing(sri, supervisor, treasurer, name):
    loan = an_approved_loan(sri, by=treasurer)
    url = reverse(f"loans:{name}", args=[loan.pk])
    assert [as_(user).get(url).status_code for user in (sri.user, supervisor)] == [403, 403]


def test_the_simulator_shows_every_formula(sri):
    product = LoanProduct.objects.get()
    page = as_(sri.user).get(
        reverse("loans:simulate"),
        {"product": product.pk, "principal": "1.200.000", "instalments": "12", "disbursed_on": "2026-01-12"},
    )
    assert "1.200.000 × 1,5 %" in text(page)
    assert "1.416.000" in text(page)


@pytest.mark.parametrize(
    "query",
    [{}, {"product": "x"}, {"product": 999, "principal": "1", "instalments": "1"}, {"instalments": "0"}],
)
def test_the_simulator_bears_nonsense(sri, query):
    assert as_(sri.user).get(reverse("loans:simulate"), query).status_code == 200


@pytest.mark.parametrize("query", ["state=running", "late=true", "late=false", "search=sri", "state=x", "page=99"])
def test_the_list_filters(sri, treasurer, day, query):
    a_disbursed_loan(sri, by=treasurer, on=day)
    page = as_(treasurer).get(f"{reverse('loans:list')}?{query}")
    assert ("Sri Lestari" in text(page)) == (query != "late=false")


def test_arrears_as_at_a_day_with_a_reminder(sri, treasurer, day):
    sri.phone = "+6281234567890"
    sri.save()
    loan = a_disbursed_loan(sri, by=treasurer, on=day)
    client = as_(treasurer)
    assert "wa.me/6281234567890" in text(client.get(reverse("loans:arrears")))
    before = client.get(reverse("loans:arrears"), {"as_of": loan.disbursed_on.isoformat()})
    assert "Tidak ada yang menunggak" in text(before)
    assert client.get(reverse("loans:arrears-export")).status_code == 200


# -- queries ---------------------------------------------------------------------------------------------------------


def queries_of(client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_lists_take_the_same_queries_for_one_and_three(sri, treasurer, day, django_assert_max_num_queries):
    client = as_(treasurer)
    a_disbursed_loan(sri, by=treasurer, on=day)
    urls = [reverse("loans:list"), reverse("loans:arrears")]
    one = [queries_of(client, url, django_assert_max_num_queries) for url in urls]
    for name in ("Budi Santoso", "Ani Rahayu"):
        a_disbursed_loan(a_member_in(name, by=treasurer), by=treasurer, on=day)
    assert [queries_of(client, url, django_assert_max_num_queries) for url in urls] == one


def test_a_loan_page_takes_the_same_queries_however_long_and_often_paid(
    sri, treasurer, day, django_assert_max_num_queries
):
    client = as_(treasurer)
    short = a_disbursed_loan(sri, by=treasurer, on=day, instalments=3)
    services.repay(short, amount=10_000, on=day, by=treasurer)
    long = a_disbursed_loan(a_member_in("Budi Santoso", by=treasurer), by=treasurer, on=day, instalments=24)
    for amount in (1_000, 2_000, 3_000):
        services.repay(long, amount=amount, on=day, by=treasurer)
    counts = [
        queries_of(client, reverse("loans:detail", args=[loan.pk]), django_assert_max_num_queries)
        for loan in (short, long)
    ]
    assert counts[0] == counts[1]
