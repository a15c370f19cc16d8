"""Every member is told: announcements, new prices, rules and statutes; what members write is answered."""

import datetime

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from core.errors import Refused
from core.models import Notice
from core.permissions import GRANTED, MEMBER, Role
from governance.models import Announcement, Suggestion
from governance.services import announcement as announcements
from governance.services import propose, put_proposal_in_force
from governance.services import suggestion as suggestions
from savings.models import SavingsRules
from tests.builders import a_decision, a_member, a_user
from tests.pricing.builders import a_price_list, an_item
from tests.roles import around_the_guards

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 3, 12)


@pytest.fixture
def sri(secretary):
    return a_member("Sri Lestari", username="sri")


def inbox(member) -> list[str]:
    return list(Notice.objects.filter(to=member.user).order_by("pk").values_list("text", flat=True))


def refused(service, *args, **facts):
    with pytest.raises(Refused) as no, transaction.atomic():
        service(*args, **facts)
    return str(no.value)


# -- being told ------------------------------------------------------------------------------------------------------


def test_an_announcement_reaches_every_member_and_is_marked_as_sent(client, sri, chair, secretary):
    client.force_login(chair)
    url = reverse("governance:announce")
    token = client.get(url).context["form"]["token"].value()
    page = client.post(url, {"token": token, "title": "Kerja bakti", "text": "Minggu pagi."})["Location"]
    assert inbox(sri) == ["Pengumuman pengurus: Kerja bakti"]
    text = client.get(page).content.decode()
    assert "wa.me/?text=%2AKerja%20bakti%2A" in text
    [made] = Announcement.objects.all()
    url = reverse("governance:mark-announcement-sent", args=[made.pk])
    token = client.get(url).context["form"]["token"].value()
    assert client.post(url, {"token": token}).status_code == 302
    made.refresh_from_db()
    assert made.sent_by == chair
    assert "sudah ditandai" in refused(announcements.mark_sent, made, on=DAY, by=secretary).lower()
    client.force_login(sri.user)
    assert "Minggu pagi." in client.get(page).content.decode()
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Announcement.objects.update(text="x")
    with pytest.raises(IntegrityError, match="sent_whole"), transaction.atomic(), around_the_guards():
        Announcement.objects.update(sent_on=None)


def test_new_prices_and_rules_reach_every_member(sri, chair, secretary):
    a_price_list({an_item(by=secretary): 12_000}, drafter=secretary, decider=chair)
    values = {"principal_amount": 100_000, "mandatory_amount": 25_000}
    proposal = propose(SavingsRules, reason="Kas.", on=DAY, by=secretary, **values)
    decision = a_decision(by=secretary, on=DAY, about=proposal)
    put_proposal_in_force(proposal, in_force_from=DAY, decided_in=decision, on=DAY, by=chair)
    assert inbox(sri) == [
        "Harga baru sejak 12 Januari 2026, seperti disepakati anggota. Baca daftarnya.",
        "Aturan baru sejak 12 Maret 2026: aturan simpanan. Baca apa yang berubah.",
    ]


# -- suggestions -----------------------------------------------------------------------------------------------------


def test_a_member_writes_and_the_board_answers_once(client, sri, chair, secretary):
    client.force_login(sri.user)
    url = reverse("governance:suggest")
    token = client.get(url).context["form"]["token"].value()
    page = client.post(url, {"token": token, "text": "Rapat lebih pagi."})["Location"]
    assert Notice.objects.filter(to=chair, text="Seorang anggota menulis kepada pengurus.").exists()
    [written] = Suggestion.objects.all()
    client.force_login(secretary)
    url = reverse("governance:answer-suggestion", args=[written.pk])
    token = client.get(url).context["form"]["token"].value()
    assert client.post(url, {"token": token, "answer": "Dibahas tanggal 12."}).status_code == 302
    assert "sudah dijawab" in refused(suggestions.answer_suggestion, written, answer="x", on=DAY, by=chair)
    client.force_login(sri.user)
    assert "Dibahas tanggal 12." in client.get(page).content.decode()
    assert inbox(sri) == ["Pengurus sudah menjawab tulisan Anda."]
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Suggestion.objects.update(answer="x")


def test_nobody_reads_what_others_wrote_or_answers_themselves(client, sri, chair, secretary):
    officer = a_member("Ketua", user=chair, by=secretary)
    written = suggestions.suggest(text="Kas transparan.", on=DAY, by=officer.user)
    assert "Pengurus lain" in refused(suggestions.answer_suggestion, written, answer="x", on=DAY, by=chair)
    assert "bukan milik anggota" in refused(suggestions.suggest, text="x", on=DAY, by=secretary)
    client.force_login(sri.user)
    assert client.get(reverse("governance:suggestion", args=[written.pk])).status_code == 404
    with pytest.raises(IntegrityError, match="answered_whole"), transaction.atomic():
        Suggestion.objects.update(answer="x")


@pytest.mark.parametrize("role", ["member", "chair", "secretary", "treasurer", "supervisor", "maintainer"])
def test_who_may_open_which_page(client, sri, role):
    client.force_login(a_user(role, username="somebody"))
    reads, makes = ["announcements", "suggestions", "suggest"], ["announce"]
    status = {name: client.get(reverse(f"governance:{name}")).status_code for name in reads + makes}
    may_read = 403 if role == "maintainer" else 200
    may_make = 200 if role in ("chair", "secretary", "treasurer") else 403
    assert status == dict.fromkeys(reads, may_read) | dict.fromkeys(makes, may_make)


@pytest.mark.parametrize("count", [1, 4])
def test_lists_cost_the_same_however_long(client, sri, chair, django_assert_num_queries, count):
    for number in range(count):
        announcements.announce(title=f"Kabar {number}", text="x", on=DAY, by=chair)
        suggestions.suggest(text=f"Saran {number}", on=DAY, by=sri.user)
    client.force_login(chair)
    for name in ("announcements", "suggestions"):
        client.get(reverse(f"governance:{name}"))
        with django_assert_num_queries(5):
            client.get(reverse(f"governance:{name}"))


# -- the right to know -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["member", "chair", "secretary", "treasurer", "supervisor"])
def test_every_member_reads_the_annual_report(client, role):
    client.force_login(a_user(role, username="somebody"))
    assert client.get(reverse("reports:annual")).status_code == 200


def test_officers_keep_the_rights_of_a_member():
    for role in (Role.CHAIR, Role.SECRETARY, Role.TREASURER):
        assert GRANTED[role] >= MEMBER
