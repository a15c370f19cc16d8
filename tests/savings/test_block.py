"""Savings held back as security: what stays free, every no with its sentence, and what the database says first."""

import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from core.audit import sentence, trail
from core.dates import today
from core.models import Notice
from members.services import link_login
from reports import checks
from savings import queries
from savings.models import Block, Movement
from savings.services import SavingsRefused, block, block_by_hand, deposit, release, unblock, withdraw
from savings.services import reverse as reverse_movement
from tests.books import assert_clean
from tests.builders import a_member_in, savings_rules
from tests.reports.conftest import run_around_the_guards

JANUARY = datetime.date(2025, 1, 12)
FEBRUARY = datetime.date(2025, 2, 12)
MARCH = datetime.date(2025, 3, 12)


@pytest.fixture
def member(books, chair, secretary, treasurer):
    """Voluntary savings 100,000, of which 10,000 must stay."""
    savings_rules(by=chair, on=JANUARY, minimum=10_000)
    return a_member_in(by=treasurer, on=JANUARY, voluntary=100_000, username="sri")


def refused(service, *args, **facts):
    with pytest.raises(SavingsRefused) as no, transaction.atomic():
        service(*args, **facts)
    return no.value.field, str(no.value).replace("\xa0", " ")


def test_what_is_blocked_is_not_paid_out(member, treasurer, chair):
    block(member, amount=60_000, reason="Jaminan P-2025-0001", on=FEBRUARY, by=chair)
    assert (queries.blocked(member, as_of=JANUARY), queries.blocked(member, as_of=FEBRUARY)) == (0, 60_000)
    # 100,000 - 60,000 blocked - 10,000 that must stay = 30,000
    assert refused(withdraw, member, kind="voluntary", amount=30_001, on=FEBRUARY, by=treasurer) == (
        "amount",
        "Paling banyak Rp 30.000 bisa dibayarkan: simpanan sukarela berisi Rp 100.000, Rp 60.000 di antaranya "
        "diblokir, dan Rp 10.000 harus tetap ada.",
    )
    withdraw(member, kind="voluntary", amount=30_000, on=FEBRUARY, by=treasurer)
    assert_clean(FEBRUARY)


def test_a_withdrawal_dated_back_leaves_what_was_blocked_since(member, treasurer, chair):
    block(member, amount=60_000, reason="Jaminan", on=MARCH, by=chair)
    assert refused(withdraw, member, kind="voluntary", amount=40_000, on=FEBRUARY, by=treasurer)[0] == "amount"


def test_a_released_block_holds_nothing_from_its_day_on(member, treasurer, chair):
    held = block(member, amount=60_000, reason="Jaminan", on=FEBRUARY, by=chair)
    unblock(held, on=MARCH, by=chair)
    assert [queries.blocked(member, as_of=on) for on in (FEBRUARY, MARCH)] == [60_000, 0]
    withdraw(member, kind="voluntary", amount=90_000, on=MARCH, by=treasurer)
    assert "Chair melepas Rp 60.000 simpanan Sri Lestari (1): Jaminan" in [
        sentence(event).replace("\xa0", " ") for event in trail(member)
    ]


def test_a_deposit_under_a_block_is_not_reversed(member, treasurer, chair):
    made = deposit(member, kind="voluntary", amount=50_000, on=FEBRUARY, by=treasurer)
    block(member, amount=120_000, reason="Jaminan", on=FEBRUARY, by=treasurer)
    assert refused(reverse_movement, made, on=MARCH, reason="Salah", by=chair)[0] == "amount"


def test_only_free_savings_are_blocked(member, treasurer, chair):
    block(member, amount=60_000, reason="Jaminan", on=FEBRUARY, by=chair)
    assert refused(block, member, amount=40_001, reason="Jaminan lain", on=FEBRUARY, by=chair) == (
        "amount",
        "Hanya Rp 40.000 simpanan sukarela yang bebas. Blokir sebanyak itu atau kurang.",
    )
    assert refused(block, member, amount=0, reason="x", on=FEBRUARY, by=chair)[0] == "amount"
    assert refused(block, member, amount=1, reason=" ", on=FEBRUARY, by=chair)[0] == "reason"


def test_a_block_is_released_once_and_not_before_it_stands(member, chair):
    held = block(member, amount=60_000, reason="Jaminan", on=FEBRUARY, by=chair)
    assert refused(unblock, held, on=JANUARY, by=chair) == (
        "on",
        "Blokir berlaku sejak 12 Februari 2025. Pilih hari itu atau sesudahnya.",
    )
    unblock(held, on=MARCH, by=chair)
    assert refused(unblock, held, on=MARCH, by=chair) == (
        None,
        "Blokir ini sudah dilepas pada 12 Maret 2025.",
    )


def test_the_passbook_shows_what_is_blocked(client, member, chair):
    block(member, amount=60_000, reason="Jaminan P-2025-0001", on=FEBRUARY, by=chair)
    client.force_login(member.user)
    page = client.get(reverse("savings:passbook", args=[member.pk]))
    assert "diblokir sejak 12 Februari 2025: Jaminan P-2025-0001" in page.content.decode()


# -- the database says no first --------------------------------------------------------------------------------------


def around(constraint):
    return pytest.raises(IntegrityError, match=constraint)


def test_no_withdrawal_around_the_services_touches_what_is_blocked(member, treasurer, chair):
    block(member, amount=60_000, reason="Jaminan", on=FEBRUARY, by=chair)
    entry = Movement.objects.filter(member=member).first().entry
    facts = {"member": member, "kind": "voluntary", "direction": "withdrawal", "on": FEBRUARY, "entry": entry}
    with around("hold less than what is blocked"), transaction.atomic():
        Movement.objects.create(amount=40_001, **facts)
    Movement.objects.create(amount=40_000, **facts)


def test_no_block_around_the_services_without_savings_behind_it(member, chair):
    facts = {"member": member, "reason": "x", "blocked_on": FEBRUARY, "blocked_by": chair}
    with around("hold less than what is blocked"), transaction.atomic():
        Block.objects.create(amount=100_001, **facts)
    with around("savings_block_amount_positive"), transaction.atomic():
        Block.objects.create(amount=0, **facts)
    with around("savings_block_released_when_and_by_whom"), transaction.atomic():
        Block.objects.create(amount=1, released_on=MARCH, **facts)


def test_a_block_keeps_its_facts(member, chair):
    held = block(member, amount=60_000, reason="Jaminan", on=FEBRUARY, by=chair)
    for change in ({"amount": 1}, {"reason": "y"}, {"blocked_on": MARCH}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Block.objects.filter(pk=held.pk).update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        held.delete()


def test_the_books_find_savings_below_a_block(member, chair):
    block(member, amount=60_000, reason="Jaminan", on=FEBRUARY, by=chair)
    run_around_the_guards("UPDATE savings_block SET amount = 100001")
    [row] = checks.run("savings_cover_what_is_blocked", as_of=FEBRUARY).rows
    assert (row.member_id, row.blocked, row.saved) == (member.pk, 100_001, 100_000)


# -- by hand ---------------------------------------------------------------------------------------------------------


def test_an_officer_blocks_and_releases_by_hand_and_the_member_is_told(member, treasurer, chair):
    held = block_by_hand(member, amount=60_000, reason="Sengketa pesanan", on=FEBRUARY, by=treasurer)
    release(held, on=MARCH, by=chair)
    assert queries.blocked(member, as_of=MARCH) == 0
    told = Notice.objects.filter(to=member.user).order_by("pk").values_list("text", flat=True)
    assert [text.replace("\xa0", " ").split(":")[0] for text in told] == [
        "Rp 60.000 dari simpanan sukarela Anda diblokir",
        "Rp 60.000 dari simpanan sukarela Anda bisa diambil lagi (Sengketa pesanan).",
    ]


def test_what_stands_behind_a_loan_is_not_released_by_hand(member, chair):
    held = block(member, amount=60_000, reason="Agunan P-2025-0001", on=FEBRUARY, by=chair)
    assert "agunan" in refused(release, held, on=MARCH, by=chair)[1]


def test_nobody_releases_their_own_savings(member, treasurer, chair, secretary):
    officer = a_member_in("Ketua", by=treasurer, on=JANUARY, voluntary=100_000)
    link_login(officer, user=chair, by=secretary)
    officer.refresh_from_db()
    held = block_by_hand(officer, amount=50_000, reason="Sengketa", on=FEBRUARY, by=treasurer)
    assert "sendiri" in refused(release, held, on=MARCH, by=chair)[1]
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        Block.objects.filter(pk=held.pk).update(released_on=MARCH, released_by=chair)
    assert caught.value.__cause__.diag.constraint_name == "savings_block_four_eyes"


def test_blocking_in_the_browser(client, member, treasurer, secretary):
    page, book = reverse("savings:block", args=[member.pk]), reverse("savings:passbook", args=[member.pk])
    typed = {"token": uuid.uuid4(), "amount": "60.000", "reason": "Sengketa pesanan", "on": today().isoformat()}
    client.force_login(treasurer)
    assert page in client.get(book).content.decode()
    answer = client.post(page, typed | {"token": uuid.uuid4(), "amount": "100.001"})
    assert "Blokir sebanyak itu atau kurang" in answer.content.decode()
    assert client.post(page, typed).status_code == 302
    held = Block.objects.get()
    assert (held.is_by_hand, held.amount, held.blocked_by) == (True, 60_000, treasurer)
    out = reverse("savings:release", args=[held.pk])
    assert out in client.get(book).content.decode()
    for user in (member.user, secretary):
        client.force_login(user)
        assert [client.get(url).status_code for url in (page, out)] == [403, 403]
        assert out not in client.get(book).content.decode()
    client.force_login(treasurer)
    assert "Sengketa pesanan" in client.get(out).content.decode()
    assert client.post(out, {"token": uuid.uuid4(), "on": today().isoformat()}).status_code == 302
    assert client.get(out).status_code == 404
    assert queries.blocked(member, as_of=today()) == 0
    sentences = [str(sentence(event)) for event in trail(member)]
    assert any("memblokir" in text for text in sentences)
    assert any("melepas" in text for text in sentences)
