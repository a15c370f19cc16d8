"""An evening of the 12th, from the invitation to locked minutes, with prices and dues decided by vote and cash counted.

13 Oct  the meeting of 12 November makes itself
20 Oct  the secretary drafts prices (sandals 25,000 → 27,000), the chair proposes dues of 15,000 instead of 10,000
 5 Nov  everybody is invited; the agenda has taken in both; Tono cannot come
12 Nov  three check in (a code, a code, the list); the prices pass openly 2 : 1, the dues secretly 2 : 0 with one
        who abstains; Sri pays 10,000 of dues and 20,000 of savings at the table; the minutes have two versions
13 Nov  by one click: the prices hold from 1 December, the dues from 1 January
12 Dec  the next meeting approves the minutes; secretary and chair sign; nothing can be changed any more
"""

import datetime

import pytest
from django.db import IntegrityError, transaction

from activities.models import DuesRules
from activities.services import Collected, collect
from core.audit import trail
from governance.errors import GovernanceRefused
from governance.models import AgendaItem, Decision, Meeting
from governance.queries import is_before_the_members, quorum
from governance.services import agenda, attendance, invitation, meeting, minutes, propose, record_attendance, vote
from governance.services.meeting import plan_next
from ledger import chart
from ledger.queries import account_balance
from pricing import queries as prices
from pricing import services as pricing
from pricing.services import PricingRefused
from tests.activities.builders import dues_rules
from tests.books import assert_clean
from tests.builders import a_member_in, savings_rules
from tests.pricing.builders import a_price_list, an_item

JOINED = datetime.date(2026, 10, 1)
EVENING = datetime.date(2026, 11, 12)
DECEMBER = datetime.date(2026, 12, 12)


@pytest.mark.django_db
def test_an_evening_from_invitation_to_locked_minutes(books, secretary, chair, treasurer):
    savings_rules(by=secretary, on=JOINED, due_day=28)
    dues_rules(by=secretary, on=JOINED)
    sri, wahyu, endah, tono = (
        a_member_in(name, on=JOINED, by=treasurer, username=name.lower()) for name in ("Sri", "Wahyu", "Endah", "Tono")
    )
    sandal = an_item(by=secretary)
    a_price_list({sandal: 25_000}, start=datetime.date(2026, 10, 2), drafter=secretary, decider=chair)

    plan_next(on=datetime.date(2026, 10, 13))
    evening = Meeting.objects.get()
    assert (evening.on, evening.state) == (EVENING, "planned")

    october = datetime.date(2026, 10, 20)
    draft = pricing.draft_list(on=october, by=secretary)
    draft = pricing.set_prices(draft, amounts={sandal: 27_000}, version=draft.version, by=secretary)
    propose(DuesRules, reason="Kas sosial menipis.", on=october, by=chair, amount=15_000, due_day=12)

    meeting.invite(evening, on=datetime.date(2026, 11, 5), by=secretary)
    assert [item.kind for item in evening.items.order_by("position")] == ["rules", "price_list"]
    invitation.decline(evening, tono, reason="Ke Solo", on=datetime.date(2026, 11, 6), by=tono.user)

    evening = meeting.open_meeting(evening, on=EVENING, by=secretary)
    for member, phone in ((sri, "ponsel-sri"), (wahyu, "ponsel-wahyu")):
        attendance.check_in(evening, member, code=attendance.code_of(evening), device=phone, by=member.user)
    there = [sri.pk, wahyu.pk]
    record_attendance(evening, members=[sri, wahyu, endah], shown=there, by=secretary)
    assert (quorum(evening).present, quorum(evening).entitled) == (3, 4)

    dues_item, price_item = evening.items.order_by("position")
    vote.start_vote(price_item, how="open", by=secretary)
    for member, choice in ((sri, "for"), (wahyu, "for"), (endah, "against")):
        vote.cast(price_item, member, choice=choice, by=member.user)
    vote.count_votes(price_item, by=secretary)
    # What the members passed stays as they read it.
    assert is_before_the_members(draft)
    with pytest.raises(PricingRefused), transaction.atomic():
        pricing.set_prices(draft, amounts={sandal: 40_000}, version=draft.version, by=secretary)
    vote.start_vote(dues_item, how="secret", by=secretary)
    for member, choice in ((sri, "for"), (wahyu, "abstain"), (endah, "for")):
        vote.cast(dues_item, member, choice=choice, by=member.user)
    vote.count_votes(dues_item, by=secretary)

    collect(evening, collected=[Collected(sri, mandatory=20_000, dues_months=1)], by=treasurer)
    minutes.write_minutes(evening, text="Harga dan iuran.", number=0, on=EVENING, by=secretary)
    minutes.write_minutes(evening, text="Harga dan iuran dibahas.", number=1, on=EVENING, by=secretary)
    evening = meeting.close_meeting(evening, by=secretary)

    decisions = {item.kind: item.decision for item in evening.items.all()}
    assert {kind: (row.in_favour, row.against, row.abstained) for kind, row in decisions.items()} == {
        "rules": (2, 0, 1),
        "price_list": (2, 1, 0),
    }
    assert {row.organ for row in decisions.values()} == {Decision.Organ.MEMBERS_MEETING}

    morning = EVENING + datetime.timedelta(days=1)
    price_item.refresh_from_db(), dues_item.refresh_from_db()
    with pytest.raises(GovernanceRefused), transaction.atomic():
        agenda.put_in_effect(price_item, start=EVENING - datetime.timedelta(days=1), on=morning, by=chair)
    agenda.put_in_effect(price_item, start=datetime.date(2026, 12, 1), on=morning, by=chair)
    agenda.put_in_effect(dues_item, start=datetime.date(2027, 1, 1), on=morning, by=secretary)
    december_list = prices.price_list(as_of=datetime.date(2026, 12, 2))
    assert december_list.prices.get(item=sandal).amount == 27_000
    assert december_list.decided_in == decisions["price_list"]
    assert [DuesRules.objects.current(day).amount for day in (DECEMBER, datetime.date(2027, 1, 1))] == [10_000, 15_000]
    with pytest.raises(GovernanceRefused), transaction.atomic():
        agenda.put_in_effect(price_item, start=datetime.date(2026, 12, 1), on=morning, by=chair)

    assert account_balance("usp", chart.CASH, as_of=EVENING) > 0
    assert_clean(DECEMBER)

    plan_next(on=morning)
    next_one = Meeting.objects.get(on=DECEMBER)
    meeting.invite(next_one, on=datetime.date(2026, 12, 1), by=secretary)
    next_one = meeting.open_meeting(next_one, on=DECEMBER, by=secretary)
    record_attendance(next_one, members=[sri, wahyu, endah, tono], by=secretary)
    approving = next_one.items.get(kind="meeting", detail="minutes")
    vote.record_consensus(approving, by=secretary)
    meeting.close_meeting(next_one, by=secretary)
    minutes.sign_minutes(evening, on=DECEMBER, by=secretary)
    evening = minutes.sign_minutes(evening, on=DECEMBER, by=chair)
    assert evening.state == "locked"
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=evening.pk).update(place="Lain")
    texts = [event.facts["text"] for event in trail(evening).filter(action="meeting.minuted").order_by("pk")]
    assert texts == ["Harga dan iuran.", "Harga dan iuran dibahas."]
    assert set(AgendaItem.objects.values_list("state", flat=True)) == {"passed"}
