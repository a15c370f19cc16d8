"""Two members and one forgotten roll of leather, page by page; the days and the money are in tests/flows, and the

handing over is walked in test_big_order.

2 March  Budi lends Siti 40 SF; no order needs it, so it is back by 1 April.
29 March reminder    2 April notice    8 April letter 1: Siti reads it on her phone and answers; Rini sees nothing
22 April letter 2    6 May letter 3    20 May case: she answers
21 May   Siti brings the 40 SF back, Budi looks at it, and the case is closed without consequence.
"""

import datetime

import pytest

from governance.models import Case, Ladder, Letter
from governance.queries import open_cases
from governance.services.ladder import climb
from stock.models import StockReturn
from tests.books import assert_clean
from tests.browser.conftest import examine, send
from tests.flows.test_big_order import held
from tests.governance.builders import climb_to, ladder_rules
from tests.pricing.builders import a_price_list, an_item
from tests.stock.builders import a_crafter, bought, lent, stock_rules


def day(month, number):
    return datetime.date(2026, month, number)


@pytest.fixture
def leather(books, chair, secretary):
    stock_rules(by=chair)
    ladder_rules(by=chair, about="material")
    leather = an_item("KL", name="Kulit sapi", kind="material", base="sqft", by=secretary)
    a_price_list({leather: 33_000}, start=day(1, 12), drafter=secretary, decider=chair)
    return leather


def test_the_forgotten_roll_from_the_first_letter_to_the_closed_case(visit, it_is, leather, chair, secretary):
    budi, siti, rini = (a_crafter(name, by=secretary) for name in ("Budi Hartono", "Siti Rahayu", "Rini Astuti"))
    bought(budi, leather, 100, on=day(3, 2))

    loan = lent(budi, siti, leather, 40, on=day(3, 2))
    it_is(day(3, 2))
    assert "1 April 2026" in words(visit(siti.user, f"/stock/loans/{loan.pk}/"))
    assert held(leather, budi, siti, on=day(3, 2)) == (60, 40)

    climb_to(day(4, 8), since=day(3, 28), by=secretary, kind="material")
    letter = Letter.objects.get()
    it_is(day(4, 9))
    page = visit(siti.user, "/governance/cases/mine/")
    page.locator(f"main a[href='/governance/letters/{letter.pk}/']").click()
    page.wait_for_url(f"**/letters/{letter.pk}/")
    examine(page)
    with page.expect_navigation():
        page.locator(f"main a[href='/governance/letters/{letter.pk}/answer/']").click()
    send(page, text="Masih saya pakai, minggu depan saya antar.")
    assert "minggu depan saya antar" in words(page)

    climb_to(day(5, 20), since=day(4, 9), by=secretary, kind="material")
    assert [one.delivered_on for one in Letter.objects.order_by("pk")] == [day(4, 8), day(4, 22), day(5, 6)]
    case = Case.objects.get()
    assert (case.member, case.opened_on) == (siti, day(5, 20))
    it_is(day(5, 20))
    page = visit(siti.user, f"/governance/cases/{case.pk}/answer/")
    send(page, text="Saya lupa. Besok pagi saya kembalikan semuanya.")
    assert "Besok pagi" in words(page)
    nothing_to_see(visit, rini, f"/governance/letters/{letter.pk}/", f"/governance/cases/{case.pk}/")
    nothing_to_see(visit, budi, f"/governance/cases/{case.pk}/")

    it_is(day(5, 21))
    send(visit(siti.user, f"/stock/loans/{loan.pk}/give-back/"), quantity=40)
    page = visit(budi.user, "/stock/loans/")
    with page.expect_navigation():
        page.locator(f"main a[href='/stock/returns/{StockReturn.objects.get().pk}/confirm/']").click()
    send(page)
    assert held(leather, budi, siti, on=day(5, 21)) == (100, 0)
    climb("material", on=day(5, 21))
    assert Ladder.objects.get().ended_on == day(5, 21)

    page = visit(chair, f"/governance/cases/{case.pk}/")
    assert "Besok pagi" in words(page)
    with page.expect_navigation():
        page.locator(f"main a[href='/governance/cases/{case.pk}/close/']").click()
    send(page, text="Kulit kembali utuh, kedua pihak sudah bicara.")
    assert not open_cases(siti, as_of=day(5, 21))
    assert "kembali utuh" in words(visit(siti.user, f"/governance/cases/{case.pk}/"))
    assert_clean(day(5, 21))


def nothing_to_see(visit, member, *paths):
    """Neither among the neighbour's own letters, nor at the addresses themselves."""
    page = visit(member.user, "/governance/cases/mine/")
    assert page.locator("main section.card").count() == 0
    assert [page.goto(path).status for path in paths] == [404] * len(paths)


def words(page):
    return page.locator("main").inner_text()
