"""The books climb the ladder every morning; officers sign and hand over; the member answers; nobody else sees it."""

import datetime
import io
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from core import audit, hooks
from core.models import Notice
from governance.arrears import Due
from governance.errors import LetterRefused
from governance.models import Case, Ladder, Letter
from governance.queries.ladder import owing
from governance.queries.letter import coming_after, may
from governance.services import letter as services
from governance.services.ladder import climb
from tests.builders import a_member
from tests.governance.builders import OWED, climb_to, ladder_rules

pytestmark = pytest.mark.django_db

DUE = datetime.date(2026, 3, 12)
NOTHING = {"reminders": 0, "notices": 0, "letters": 0, "cases": 0, "settled": 0}


def day(month, number):
    return datetime.date(2026, month, number)


@pytest.fixture(autouse=True)
def room(monkeypatch):
    """A room of these tests answers for what is owed as a loan."""
    OWED.clear()
    monkeypatch.setitem(hooks.registered(), "arrears.loan", "tests.governance.builders.owed")
    yield
    OWED.clear()


@pytest.fixture
def rules(secretary):
    return ladder_rules(by=secretary)


@pytest.fixture
def sri(rules):
    return a_member("Sri Lestari", username="sri", phone="+6281234567890")


def owe(member, subject="loan:1", *, due_on=DUE, amount="Rp 118.000", title="Angsuran pinjaman PJ-1", rupiah=118_000):
    due = Due(member.pk, subject, title, amount, due_on, "/loans/1/", rupiah)
    OWED[:] = [other for other in OWED if other.subject != subject] + [due]
    return due


def pay(subject="loan:1"):
    OWED[:] = [due for due in OWED if due.subject != subject]


def told(user):
    return list(Notice.objects.filter(to=user).order_by("pk").values_list("text", flat=True))


# -- every morning ---------------------------------------------------------------------------------------------------


def test_without_rules_the_books_keep_quiet(secretary):
    owe(a_member("Sri Lestari", username="sri"))
    assert climb("loan", on=day(3, 20)) == NOTHING


def test_the_whole_ladder_by_hand(sri, secretary, chair):
    """The worked timeline of docs/rules.md, every letter handed over on its day."""
    owe(sri)
    Notice.objects.all().delete()
    climb_to(day(5, 1), since=day(3, 1), by=secretary)
    letters = list(Letter.objects.order_by("pk").values_list("number", "prepared_on", "delivered_on"))
    assert letters == [
        ("SP-2026-0001", day(3, 19), day(3, 19)),  # 12 March + 7
        ("SP-2026-0002", day(4, 2), day(4, 2)),  # + 14
        ("SP-2026-0003", day(4, 16), day(4, 16)),  # + 14
    ]
    case = Case.objects.get()
    assert (case.opened_on, case.opened_by, case.kind, case.url) == (day(4, 30), None, "loan", "/loans/1/")  # + 14
    assert case.text == (
        "Angsuran pinjaman PJ-1: Rp 118.000 terlambat sejak 12 Maret 2026. "
        "Tiga surat sudah diserahkan dan belum ada kesepakatan."
    )
    assert case.rule == "aturan pengingat dan surat 12 Januari 2025 (LD-1)"
    assert told(sri.user) == [
        "Angsuran pinjaman PJ-1: Rp 118.000, jatuh tempo 12 Maret 2026.",
        "Angsuran pinjaman PJ-1: Rp 118.000 jatuh tempo 12 Maret 2026. Bila ada halangan, bicaralah dengan kami.",
        *(
            f"Kami menulis surat {number} untuk Anda. Silakan baca di sini, dan sampaikan apa yang dapat membantu."
            for number, *_days in letters
        ),
        "Ada yang ingin kami bicarakan dengan Anda, perkara KS-2026-0001. Silakan baca dan jawab.",
    ]
    ladder = Ladder.objects.get()
    assert (ladder.reminded_on, ladder.noticed_on, ladder.case) == (day(3, 9), day(3, 13), case)


def test_a_second_run_does_nothing_more(sri):
    owe(sri)
    assert climb("loan", on=day(3, 9)) == NOTHING | {"reminders": 1}
    assert climb("loan", on=day(3, 9)) == NOTHING
    assert climb("loan", on=day(3, 13)) == NOTHING | {"notices": 1}
    assert climb("loan", on=day(3, 13)) == NOTHING
    assert climb("loan", on=day(3, 19)) == NOTHING | {"letters": 1}
    assert climb("loan", on=day(3, 19)) == NOTHING


def test_paid_after_the_reminder_ends_it_and_the_next_instalment_starts_anew(sri):
    owe(sri)
    climb("loan", on=day(3, 9))
    owe(sri, due_on=day(4, 12))  # the one of March is paid
    assert climb("loan", on=day(3, 13)) == NOTHING | {"settled": 1}
    assert climb("loan", on=day(4, 9)) == NOTHING | {"reminders": 1}
    assert Ladder.objects.count() == 2


def test_paid_before_it_was_signed_a_letter_is_not_needed_and_leaves_no_gap(sri, secretary):
    tono = a_member("Tono Prasetyo")
    owe(sri)
    owe(tono, "loan:2")
    climb("loan", on=day(3, 13))
    climb("loan", on=day(3, 19))
    first, second = Letter.objects.order_by("pk")
    pay("loan:1")
    with pytest.raises(LetterRefused, match="tidak perlu dikirim"):
        services.sign(first, on=day(3, 20), by=secretary)
    assert climb("loan", on=day(3, 20)) == NOTHING | {"settled": 1}
    with pytest.raises(LetterRefused, match="tidak diperlukan lagi"):
        services.sign(first, on=day(3, 20), by=secretary)
    assert services.sign(second, on=day(3, 20), by=secretary).number == "SP-2026-0001"


def test_a_letter_that_waits_says_what_is_late_this_morning(sri):
    owe(sri)
    climb("loan", on=day(3, 13))
    climb("loan", on=day(3, 19))
    owe(sri, amount="Rp 236.000")
    climb("loan", on=day(4, 13))
    assert Letter.objects.get().amount == "Rp 236.000"


def test_the_next_letter_waits_for_the_hand_of_the_member(sri, secretary):
    owe(sri)
    for on in (day(3, 13), day(3, 19)):
        climb("loan", on=on)
    letter = services.sign(Letter.objects.get(), on=day(3, 20), by=secretary)
    assert climb("loan", on=day(6, 1)) == NOTHING
    assert coming_after(letter) is None
    letter = services.record_delivery(letter, delivered_on=day(5, 25), delivered_how="post", by=secretary)
    assert coming_after(Letter.objects.select_related("ladder__rules").get()) == ("letter_2", day(6, 8))
    assert climb("loan", on=day(6, 7)) == NOTHING
    assert climb("loan", on=day(6, 8)) == NOTHING | {"letters": 1}


def test_paid_the_case_is_told_and_can_be_restored(sri, secretary, chair):
    owe(sri)
    climb_to(day(4, 30), since=day(3, 1), by=secretary)
    pay()
    assert climb("loan", on=day(5, 2)) == NOTHING | {"settled": 1}
    assert list(Case.objects.get().steps.values_list("kind", "text")) == [
        ("settled", "Angsuran pinjaman PJ-1: tidak ada lagi yang terlambat.")
    ]
    assert "Kewajiban dalam perkara KS-2026-0001 sudah dipenuhi. Anggotanya dapat dipulihkan." in told(chair)


def test_a_ladder_keeps_the_rules_it_started_under(sri, secretary):
    owe(sri)
    climb("loan", on=day(3, 13))
    ladder_rules(by=secretary, on=day(3, 14), letter_days=2)
    assert climb("loan", on=day(3, 18)) == NOTHING
    assert climb("loan", on=day(3, 19)) == NOTHING | {"letters": 1}


def test_the_morning_costs_the_same_questions_for_three(sri, secretary, django_assert_max_num_queries):
    for number in range(1, 4):
        owe(a_member(f"Anggota {number}", username=f"a{number}"), f"loan:{number}")
    with django_assert_max_num_queries(12):
        climb("loan", on=day(3, 13))
    with django_assert_max_num_queries(14):
        assert climb("loan", on=day(3, 19))["letters"] == 3


def test_e_mail_goes_to_who_gave_an_address(sri, settings, django_capture_on_commit_callbacks):
    sri.user.email = "sri@example.org"
    sri.user.save()
    owe(sri)
    with django_capture_on_commit_callbacks(execute=True):
        climb("loan", on=day(3, 9))
    assert mail.outbox == []
    settings.MAIL_IS_ON, settings.SITE_URL = True, "https://kokkmas.example.org"
    with django_capture_on_commit_callbacks(execute=True):
        climb("loan", on=day(3, 13))
    [letter] = mail.outbox
    assert letter.to == ["sri@example.org"]
    assert "https://kokkmas.example.org/loans/1/" in letter.body


@pytest.mark.django_db(transaction=True)
def test_two_mornings_at_once_take_every_step_once(sri, secretary):
    for number in range(1, 9):
        owe(sri, f"loan:{number}")
    for on in (day(3, 9), day(3, 13), day(3, 19)):
        results = at_once(*(lambda on=on: climb("loan", on=on) for _ in range(3)))
        assert sorted(sum(counts.values()) for counts in results) == [0, 0, 8]
    assert Ladder.objects.count() == Letter.objects.count() == 8


@pytest.mark.django_db(transaction=True)
def test_letters_signed_at_once_have_numbers_without_a_gap(sri, secretary):
    for number in range(1, 5):
        owe(sri, f"loan:{number}")
    for on in (day(3, 13), day(3, 19)):
        climb("loan", on=on)
    letters = [*Letter.objects.all(), Letter.objects.first()]
    results = at_once(
        *(lambda letter=letter: services.sign(letter, on=day(3, 20), by=secretary).number for letter in letters)
    )
    assert sorted(results) == ["SP-2026-0001", "SP-2026-0002", "SP-2026-0003", "SP-2026-0004", "refused"]


def at_once(*calls):
    barrier = Barrier(len(calls))

    def run(call):
        try:
            barrier.wait(timeout=10)
            return call()
        except LetterRefused:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


# -- letters ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def letter(sri, secretary):
    """Letter 1 to Sri, waiting to be signed."""
    owe(sri)
    climb("loan", on=day(3, 13))
    climb("loan", on=day(3, 19))
    return Letter.objects.get()


def test_the_page_offers_the_next_step_to_its_person(letter, sri, secretary, treasurer):
    def offered(user):
        return [verb for verb, allowed in may(Letter.objects.get(), user).items() if allowed]

    assert (offered(secretary), offered(sri.user), offered(treasurer)) == (["sign"], ["answer"], [])
    services.sign(letter, on=day(3, 20), by=secretary)
    assert offered(secretary) == ["send", "deliver"]
    services.record_delivery(letter, delivered_on=day(3, 21), delivered_how="by_hand", by=secretary)
    services.answer_letter(letter, text="Sabtu", on=day(3, 22), by=sri.user)
    assert (offered(secretary), offered(sri.user)) == (["send"], [])


def test_nobody_signs_a_letter_to_themselves(letter, sri, secretary):
    with pytest.raises(LetterRefused, match="Surat ini untuk Anda"):
        services.sign(letter, on=day(3, 20), by=sri.user)
    with pytest.raises(LetterRefused, match="Tandatangani dulu"):
        services.record_delivery(letter, delivered_on=day(3, 20), delivered_how="by_hand", by=secretary)
    services.sign(letter, on=day(3, 20), by=secretary)
    with pytest.raises(LetterRefused, match="sudah ditandatangani dengan nomor SP-2026-0001"):
        services.sign(letter, on=day(3, 20), by=secretary)
    with pytest.raises(LetterRefused, match="ditandatangani 20 Maret 2026"):
        services.record_delivery(letter, delivered_on=day(3, 19), delivered_how="by_hand", by=secretary)
    services.record_delivery(letter, delivered_on=day(3, 21), delivered_how="by_hand", by=secretary)
    with pytest.raises(LetterRefused, match="Sudah tercatat diserahkan 21 Maret 2026"):
        services.record_delivery(letter, delivered_on=day(3, 21), delivered_how="by_hand", by=secretary)


def test_a_member_answers_once(letter, sri, secretary):
    with pytest.raises(LetterRefused, match="tidak dikirim"):
        services.answer_letter(letter, text="Ya", on=day(3, 20), by=sri.user)
    services.sign(letter, on=day(3, 20), by=secretary)
    with pytest.raises(LetterRefused, match="Hanya anggota yang disurati"):
        services.answer_letter(letter, text="Ya", on=day(3, 20), by=secretary)
    services.answer_letter(letter, text="Saya bayar Sabtu.", on=day(3, 21), by=sri.user)
    with pytest.raises(LetterRefused, match="sudah menjawab"):
        services.answer_letter(letter, text="Lagi", on=day(3, 21), by=sri.user)
    assert told(secretary)[-1] == "Ada jawaban atas surat SP-2026-0001."


def test_the_database_keeps_letters_whole(letter, sri, secretary):
    rows = Letter.objects.filter(pk=letter.pk)
    for broken, change in (
        ("signed_whole", {"number": "SP-1"}),
        ("signed_whole", {"number": "SP-1", "issued_on": day(3, 1), "issued_by": secretary}),
        ("nobody signs a letter to themselves", {"number": "SP-1", "issued_on": day(3, 20), "issued_by": sri.user}),
        (
            "delivered_whole",
            {"delivered_on": day(3, 20), "delivered_how": "by_hand", "delivery_recorded_by": secretary},
        ),
        ("answered_after_signed", {"answered_on": day(3, 20), "answer": "Ya"}),
        ("Cannot update", {"step": 2}),
    ):
        with pytest.raises((IntegrityError, ProgrammingError), match=broken), transaction.atomic():
            rows.update(**change)
    services.sign(letter, on=day(3, 20), by=secretary)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        rows.update(amount="Rp 1")
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        rows.delete()
    with pytest.raises(IntegrityError, match="letter_once"), transaction.atomic():
        Letter.objects.create(
            ladder=letter.ladder, step=1, member=sri, title="x", amount="y", due_on=DUE, prepared_on=day(3, 19)
        )


def test_the_database_keeps_one_ladder_for_one_thing(letter, sri, rules):
    facts = {"kind": "loan", "member": sri, "subject": "loan:1", "title": "x", "rules": rules, "due_on": DUE}
    with pytest.raises(IntegrityError, match="one_stands"), transaction.atomic():
        Ladder.objects.create(**facts)
    case = Case.objects.create(number="KS-1", member=sri, kind="loan", title="x", text="y", opened_on=DUE)
    with pytest.raises(IntegrityError, match="case_after_notice"), transaction.atomic():
        Ladder.objects.create(**facts | {"subject": "loan:2"}, case=case)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Ladder.objects.update(due_on=day(3, 1))
    Ladder.objects.update(ended_on=day(3, 30))
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Ladder.objects.update(ended_on=None)


def test_the_rules_come_in_order(secretary):
    for values in ({"letter_days": 1}, {"notice_days": 0}, {"between_days": 0}):
        with pytest.raises(Exception, match=r"Surat ke-1 menyusul|1"), transaction.atomic():
            ladder_rules(by=secretary, **values)


# -- in the browser --------------------------------------------------------------------------------------------------


def test_a_letter_is_signed_printed_handed_over_and_answered_in_the_browser(letter, sri, secretary, client):
    client.force_login(sri.user)
    page = reverse("governance:letter", args=[letter.pk])
    assert client.get(page).status_code == 404, "a draft is the board's"
    client.force_login(secretary)
    assert "perlu ditandatangani" in client.get(reverse("governance:letters")).content.decode()
    send(client, "sign-letter", letter)
    text = client.get(page).content.decode()
    assert "https://wa.me/6281234567890?text=Selamat%20siang%20Sri%20Lestari." in text
    today = datetime.date.today()
    send(client, "deliver-letter", letter, delivered_on=today, delivered_how="family", delivered_to="Bu Parti")
    assert "Bu Parti" in client.get(page).content.decode()
    paper = client.get(reverse("governance:letter-pdf", args=[letter.pk]))
    words = " ".join(PdfReader(io.BytesIO(b"".join(paper.streaming_content))).pages[0].extract_text().split())
    for expected in (
        f"SP-{today.year}-0001",
        "Surat pengingat ke-1",
        "Sri Lestari",
        "Rp 118.000",
        "Tanda terima surat",
    ):
        assert expected in words
    client.force_login(sri.user)
    assert f"SP-{today.year}-0001" in client.get(reverse("governance:my-cases")).content.decode()
    send(client, "answer-letter", letter, text="Saya bayar hari Sabtu.")
    assert "Saya bayar hari Sabtu." in client.get(page).content.decode()


def send(client, name, letter, **facts):
    page = reverse(f"governance:{name}", args=[letter.pk])
    token = client.get(page).context["form"]["token"].value()
    answer = client.post(page, facts | {"token": token})
    assert answer.status_code == 302, answer.context["form"].errors


def test_every_verb_belongs_to_its_role(letter, sri, chair, secretary, treasurer, supervisor, maintainer, client):
    services.sign(letter, on=day(3, 20), by=secretary)
    tono = a_member("Tono Prasetyo", username="tono")
    names = ["letter", "letter-pdf", "sign-letter", "deliver-letter", "answer-letter"]
    statuses = {}
    for user in (chair, secretary, treasurer, supervisor, maintainer, sri.user, tono.user):
        client.force_login(user)
        statuses[user.username] = [
            client.get(reverse(f"governance:{name}", args=[letter.pk])).status_code for name in names
        ]
    assert statuses == {
        "chair": [200, 200, 200, 200, 404],
        "secretary": [200, 200, 200, 200, 404],
        "treasurer": [200, 200, 403, 403, 404],
        "supervisor": [200, 200, 403, 403, 404],
        "maintainer": [403] * 5,
        "sri": [200, 200, 403, 403, 200],
        "tono": [404, 404, 403, 403, 404],
    }
    client.force_login(tono.user)
    for name in ("reminders", "letters", "cases"):
        assert client.get(reverse(f"governance:{name}")).status_code == 403
    assert not [event for event in audit.visible_to(maintainer) if event.action.startswith("letter.")]


def test_the_reminder_list_shows_the_last_step_and_the_next(letter, sri, secretary, client):
    owe(a_member("Tono Prasetyo"), "loan:2", due_on=datetime.date.today())
    rows = owing(as_of=day(3, 20), until=day(4, 12))
    assert [(row.member.name, row.days, row.step, row.coming, row.coming_on) for row in rows] == [
        ("Sri Lestari", 8, "letter_1", "letter_2", None)
    ]
    client.force_login(secretary)
    page = reverse("governance:reminders")
    text = client.get(page).content.decode()
    assert "Tono Prasetyo" in text
    assert "surat ke-1" in text
    book = client.get(page + "?format=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
    assert [row[1] for row in sheet.iter_rows(values_only=True) if row[0] in (1, 2)] == ["Sri Lestari", "Tono Prasetyo"]
    paper = client.get(page + "?format=pdf")
    assert "Hasil pembicaraan" in PdfReader(io.BytesIO(b"".join(paper.streaming_content))).pages[0].extract_text()
    assert client.get(page + "?search=tono").context["page"].paginator.count == 1
    assert client.get(page + "?kind=material").context["page"].paginator.count == 0


def test_the_reminder_list_asks_the_same_questions_for_three(letter, secretary, client, django_assert_num_queries):
    client.force_login(secretary)
    page = reverse("governance:reminders")
    client.get(page)
    with django_assert_num_queries(7):
        client.get(page)
    for number in (2, 3):
        owe(a_member(f"Anggota {number}"), f"loan:{number}")
    with django_assert_num_queries(7):
        client.get(page)
