"""Every member is told: announcements, new prices, rules and statutes; what members write is answered."""

import datetime
import smtplib
import typing

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from activities.models import DuesRules
from activities.services import programme as programmes
from core.errors import Refused
from core.models import Notice, Topic, User
from core.permissions import GRANTED, MEMBER, Role
from governance.models import Announcement, Suggestion
from governance.services import announcement as announcements
from governance.services import meeting as meetings
from governance.services import propose, put_proposal_in_force
from governance.services import suggestion as suggestions
from governance.services.resolution import answer_resolution, propose_resolution
from kokkmas.office.waiting import messages_to_send
from savings.models import SavingsRules
from stock.services import purchase as purchases
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


# -- one shape for all that is told ------------------------------------------------------------------------------------


def told() -> list[tuple[str, str, bool]]:
    rows = Announcement.objects.order_by("pk")
    return [(row.topic, row.title, row.url != "") for row in rows]


def test_whatever_all_are_told_is_on_the_list_for_the_whatsapp_group(client, sri, chair, secretary):
    a_price_list({an_item(by=secretary): 12_000}, drafter=secretary, decider=chair)
    proposal = propose(DuesRules, reason="Kas.", on=DAY, by=secretary, amount=15_000)
    decision = a_decision(by=secretary, on=DAY, about=proposal)
    put_proposal_in_force(proposal, in_force_from=DAY, decided_in=decision, on=DAY, by=chair)
    purchases.open_purchase(purpose="Kulit pull-up", needed_on=DAY, on=DAY, by=sri.user)
    programmes.plan_programme(title="Pelatihan", kind="training", planned_on=DAY, place="Balai", on=DAY, by=chair)
    soon = DAY + datetime.timedelta(days=30)
    a_meeting = meetings.plan_meeting(on=soon, kind="monthly", place="Balai", as_of=DAY, by=chair)
    meetings.invite(a_meeting, on=DAY, by=secretary)
    meetings.cancel_meeting(a_meeting, reason="Banjir", on=DAY, by=secretary)
    assert told() == [
        ("prices", "Harga baru", True),
        ("dues", "Aturan iuran yang baru", True),
        ("purchase", "Pembelian bersama", True),
        ("programme", "Program baru", True),
        ("meeting", "Undangan", True),
        ("meeting", "Rapat dibatalkan", True),
    ]
    assert len(inbox(sri)) == 6
    client.force_login(secretary)
    page = client.get(reverse("governance:announcements") + "?unsent=true&topic=meeting").content.decode()
    assert "Undangan" in page
    assert "Harga baru</a>" not in page
    made = Announcement.objects.get(topic="prices")
    page = client.get(reverse("governance:announcement", args=[made.pk])).content.decode()
    assert "wa.me/?text=%2AHarga%20baru%2A" in page
    assert "testserver" in page, "the text carries the address of the page"
    announcements.mark_sent(made, on=DAY, by=secretary)
    assert messages_to_send(DAY).count == 5


def test_members_do_not_see_who_has_sent_what(client, sri, chair):
    made = announcements.announce(title="Kerja bakti", text="Minggu.", on=DAY, by=chair)
    client.force_login(sri.user)
    pages = [reverse("governance:announcements"), reverse("governance:announcement", args=[made.pk])]
    assert [page for page in pages if "WhatsApp" in client.get(page).content.decode()] == []


def test_what_concerns_one_person_is_never_told_to_all(sri, chair):
    with pytest.raises(IntegrityError, match="topic_of_all"), transaction.atomic():
        Announcement.objects.create(topic="own", title="x", text="x", on=DAY, by=chair)


def test_a_decision_of_the_board_is_told_without_what_it_is_about(sri, chair, secretary, treasurer):
    asked = propose_resolution(kind="other", subject=None, title="Bantuan Sri", text="x", on=DAY, by=chair)
    for officer in (chair, secretary, treasurer):
        asked = answer_resolution(asked, agrees=True, on=DAY, by=officer)
    [text] = inbox(sri)
    assert text == f"Pengurus telah mengambil keputusan di antara rapat, {asked.decision.number}. Baca keputusannya."
    assert told() == [("decision", "Keputusan pengurus", True)]


# -- by e-mail, as each chooses ---------------------------------------------------------------------------------------


def test_each_chooses_by_topic_what_comes_by_email(
    client, sri, chair, settings, django_capture_on_commit_callbacks, mailoutbox
):
    settings.MAIL_IS_ON = True
    User.objects.filter(pk=sri.user_id).update(email="sri@example.org")
    client.force_login(sri.user)
    page = client.get(reverse("email-topics"))
    wanted = [topic for topic in Topic.values if topic != "announcement"]
    assert page.context["form"]["topics"].value() == Topic.values
    answer = {"token": page.context["form"]["token"].value(), "topics": wanted}
    assert client.post(reverse("email-topics"), answer)["Location"] == reverse("account")
    with django_capture_on_commit_callbacks(execute=True):
        announcements.announce(title="Kerja bakti", text="Minggu.", on=DAY, by=chair)
        purchases.open_purchase(purpose="Benang", needed_on=DAY, on=DAY, by=chair)
    assert len(inbox(sri)) == 2
    assert ["Benang" in letter.body for letter in mailoutbox] == [True]
    assert client.post(reverse("email-topics"), answer | {"topics": ["weather"]}).status_code == 200
    with pytest.raises(IntegrityError, match="topics_known"), transaction.atomic():
        User.objects.filter(pk=sri.user_id).update(topics_not_mailed=["weather"])


class Refusing(BaseEmailBackend):
    """A mail server that takes no letter for Sri."""

    taken: typing.ClassVar = []

    def send_messages(self, letters):
        for letter in letters:
            if letter.to == ["sri@example.org"]:
                raise smtplib.SMTPRecipientsRefused({})
            self.taken.append(letter.to[0])
        return len(letters)


def test_a_letter_that_is_refused_undoes_nothing_and_keeps_no_other_back(
    sri, chair, settings, django_capture_on_commit_callbacks
):
    settings.MAIL_IS_ON = True
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    wahyu = a_member("Wahyu", username="wahyu", by=chair)
    for person in (sri, wahyu):
        User.objects.filter(pk=person.user_id).update(email=f"{person.user.username}@example.org")
    Refusing.taken.clear()
    with django_capture_on_commit_callbacks(execute=True):
        announcements.announce(title="Kerja bakti", text="Minggu.", on=DAY, by=chair)
    assert Refusing.taken == ["wahyu@example.org"]
    assert len(inbox(sri)) == 1
    assert Announcement.objects.count() == 1
