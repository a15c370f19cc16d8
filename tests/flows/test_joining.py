"""From a neighbour's application to a member who logs in on the telephone, in the browser, with every person in turn.

Rules: principal savings Rp100,000 once, mandatory savings Rp20,000 a month.

    6 Jan  the secretary writes the application down
    8 Jan  the chair admits
    12 Jan the treasurer receives 100,000 + 20,000 = 120,000: member number 1, cash 120,000
    then   the secretary gives a login, the member changes its password and sees the own page and passbook
"""

import datetime

import pytest

from ledger import chart
from ledger.queries import account_balance, member_balance
from members.models import Member
from tests.books import assert_clean
from tests.builders import savings_rules
from tests.members.pages import PERSON, post

JOINED = datetime.date(2025, 1, 12)


@pytest.mark.django_db
def test_a_neighbour_becomes_a_member(client, books, secretary, chair, treasurer):
    savings_rules(by=secretary)

    client.force_login(secretary)
    page = post(client, "/members/apply/", **PERSON | {"on": "2025-01-06"}).url
    member = Member.objects.get()
    assert page == f"/members/{member.pk}/"

    # The chair finds the application in the inbox and on the list.
    client.force_login(chair)
    assert chair.notices.get().url == page
    [(waiting, _standing)] = client.get("/members/?standing=applicant").context["page"].object_list
    assert waiting == member
    assert post(client, f"{page}admit/", on="2025-01-08").status_code == 302

    # Admitted is not yet a member: no number, and the treasurer is told.
    member.refresh_from_db()
    assert (member.number, member.admitted_on) == (None, datetime.date(2025, 1, 8))
    client.force_login(treasurer)
    assert treasurer.notices.get().url == page
    assert f"/savings/{member.pk}/join/" in client.get(page).content.decode()
    assert post(client, f"/savings/{member.pk}/join/", on="2025-01-12", channel="cash").status_code == 302

    member.refresh_from_db()
    assert (member.number, member.entered_on) == (1, JOINED)
    assert account_balance("usp", chart.CASH, as_of=JOINED) == 120_000
    assert member_balance(member, "usp", chart.PRINCIPAL_SAVINGS, as_of=JOINED) == 100_000
    assert member_balance(member, "usp", chart.MANDATORY_SAVINGS, as_of=JOINED) == 20_000
    assert_clean(JOINED)

    client.force_login(secretary)
    assert post(client, f"{page}login/", username="anggota01", password="kulit-tas-77").status_code == 302

    client.logout()
    client.post("/login/", {"username": "anggota01", "password": "kulit-tas-77"})
    assert client.get(page).url == "/password/"
    own = {"old_password": "kulit-tas-77", "new_password1": "sandal-biru-12", "new_password2": "sandal-biru-12"}
    assert client.post("/password/", own).status_code == 302
    assert client.get("/members/me/").url == page
    assert client.get(page).status_code == 200
    assert client.get(f"/savings/{member.pk}/").status_code == 200
    assert client.get("/members/").status_code == 403
