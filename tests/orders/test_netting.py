"""Pay that goes against an instalment or dues: by the maker's own word, booked when the rest is paid out."""

import datetime

import pytest
from django.db import transaction
from django.urls import reverse

from activities.models import DuesPayment, DuesRules
from core.errors import Refused
from governance.services import put_in_force
from ledger import chart
from ledger import queries as ledger
from ledger.models import Entry, Receipt, Unit
from loans.models import Repayment
from orders import queries, services
from orders.models import Offset, Settlement
from tests import books as check_books
from tests import builders
from tests.loans.builders import a_disbursed_loan, loan_rules
from tests.orders.builders import a_claim, a_confirmed_delivery, an_offer, an_order, day
from tests.roles import around_the_guards

pytestmark = pytest.mark.usefixtures("capital")


def refuses(call, *args, field=None, **facts):
    with pytest.raises(Refused) as refusal, transaction.atomic():
        call(*args, **facts)
    if field:
        assert refusal.value.field == field
    return str(refusal.value)


@pytest.fixture
def earned(budi, sandal, chair, treasurer):
    """Tuti borrowed 400,000, owes dues of 10,000 a month since January, and earned 180,000 which wait for her."""
    builders.savings_rules(by=chair)
    loan_rules(by=chair, on=datetime.date(2025, 1, 12))
    decision = builders.a_decision(by=chair, on=datetime.date(2026, 1, 10), number="IURAN")
    put_in_force(
        DuesRules,
        in_force_from=datetime.date(2026, 1, 12),
        decided_in=decision,
        on=datetime.date(2026, 1, 12),
        by=chair,
        amount=10_000,
        due_day=12,
    )
    tuti = builders.a_member_in("Tuti Wijaya", on=datetime.date(2026, 1, 12), by=treasurer, username="tuti")
    builders.a_business(tuti, name="Kulit Tuti")
    tuti.loan = a_disbursed_loan(tuti, principal=400_000, instalments=4, on=datetime.date(2026, 2, 12), by=treasurer)
    claim = a_claim(an_offer(an_order(budi, sandal)), tuti, quantity=20)
    paid = services.settle(a_confirmed_delivery(claim), method="cash", on=day(9), by=treasurer)
    return tuti, paid


def test_pay_goes_against_instalment_and_dues_by_the_makers_own_word(earned, chair, treasurer, budi):
    tuti, paid = earned
    options = {f"{kind}:{option.key}": option.amount for kind, option in queries.netting_options(tuti, as_of=day(9))}
    assert options[f"instalment:{tuti.loan.pk}"] == 106_000
    assert (options["dues:1"], options["dues:2"], options["dues:3"]) == (10_000, 20_000, 30_000)
    for wrong in (treasurer, budi.user, chair):
        refuses(services.consent, paid, what="dues:2", on=day(9), by=wrong)
    services.consent(paid, what=f"instalment:{tuti.loan.pk}", on=day(9), by=tuti.user)
    services.consent(paid, what="dues:2", on=day(9), by=tuti.user)
    services.pay_out(paid, method="cash", on=day(10), by=treasurer)
    assert Repayment.objects.get().amount == 106_000
    assert DuesPayment.objects.count() == 2
    assert Receipt.objects.get(purpose__contains="pesanan", direction="out").amount == 54_000
    assert ledger.member_balance(tuti, Unit.UMUM, chart.MAKERS_PAYABLE, as_of=day(60)) == 0
    assert ledger.account_balance(Unit.UMUM, chart.INTER_UNIT, as_of=day(60)) == -106_000
    check_books.assert_clean(day(60))

    services.reverse_settlement(paid, reason="salah orang", on=day(11), by=chair)
    assert Repayment.objects.get().reversed_on == day(11)
    assert not DuesPayment.objects.unreversed().exists()
    assert ledger.account_balance(Unit.UMUM, chart.INTER_UNIT, as_of=day(60)) == 0
    check_books.assert_clean(day(60))
    assert services.settle(paid.delivery, method="cash", on=day(12), by=treasurer).amount == 180_000


def test_all_of_it_may_go_there_and_then_nothing_is_handed_out(earned, treasurer):
    tuti, paid = earned
    services.consent(paid, what=f"instalment:{tuti.loan.pk}", amount=106_000, on=day(9), by=tuti.user)
    refuses(services.consent, paid, what=f"instalment:{tuti.loan.pk}", on=day(9), by=tuti.user, field="what")
    offset = services.consent(paid, what="dues:3", on=day(9), by=tuti.user)
    services.withdraw_consent(offset, on=day(9), by=tuti.user)
    refuses(services.withdraw_consent, offset, on=day(9), by=tuti.user)
    with around_the_guards():
        Offset.objects.filter(withdrawn_on=None).update(amount=100_000)
    done = services.pay_out(paid, method="savings", on=day(10), by=treasurer)
    assert (done.method, done.savings.amount) == ("savings", 80_000)
    check_books.assert_clean(day(60))


def test_more_than_the_pay_or_than_is_owed_is_refused(earned, treasurer):
    tuti, paid = earned
    what = f"instalment:{tuti.loan.pk}"
    refuses(services.consent, paid, what=what, amount=106_001, on=day(9), by=tuti.user, field="amount")
    refuses(services.consent, paid, what="dues:99", on=day(9), by=tuti.user, field="what")
    refuses(services.consent, paid, what="rubbish", on=day(9), by=tuti.user, field="what")
    services.pay_out(paid, on=day(9), by=treasurer)
    refuses(services.consent, paid, what="dues:1", on=day(9), by=tuti.user)


def test_what_is_not_owed_any_more_stops_the_payment(earned, treasurer, chair):
    from activities.services import collect_dues  # noqa: PLC0415

    tuti, paid = earned
    services.consent(paid, what="dues:3", on=day(9), by=tuti.user)
    collect_dues(tuti, months=3, on=day(9), by=treasurer)
    refuses(services.pay_out, paid, method="cash", on=day(10), by=treasurer)
    assert Settlement.objects.get().paid_on is None
    assert not Entry.objects.filter(reference__startswith="offset").exists()


def test_pay_into_savings_by_choice_at_the_counter_is_reversed_whole(earned, treasurer, chair):
    tuti, paid = earned
    services.consent(paid, what="dues:1", on=day(9), by=tuti.user)
    services.pay_out(paid, method="savings", on=day(10), by=treasurer)
    services.reverse_settlement(paid, reason="keliru", on=day(11), by=chair)
    assert ledger.member_balance(tuti, Unit.USP, chart.VOLUNTARY_SAVINGS, as_of=day(60)) == 0
    check_books.assert_clean(day(60))


def post(client, name, data, *args):
    url = reverse(f"orders:{name}", args=args)
    form = client.get(url).context["form"]
    return client.post(url, {"token": str(form["token"].value()), **data})


def test_consent_on_its_page_and_for_the_maker_alone(client, earned, treasurer, tono):
    tuti, paid = earned
    client.force_login(tuti.user)
    assert "consent" in client.get(reverse("orders:claim", args=[paid.delivery.claim_id])).content.decode()
    assert post(client, "consent", {"what": "dues:2"}, paid.pk).status_code == 302
    client.force_login(treasurer)
    page = client.get(reverse("orders:pay-out", args=[paid.pk]))
    assert page.context["page"].amount == 160_000
    assert post(client, "consent", {"what": "dues:1"}, paid.pk).context["form"].errors
    client.force_login(tuti.user)
    assert post(client, "withdraw-consent", {}, Offset.objects.get().pk).status_code == 302
    client.force_login(tono.user)
    assert client.get(reverse("orders:consent", args=[paid.pk])).status_code == 404
