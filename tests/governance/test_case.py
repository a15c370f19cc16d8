"""Cases: talked about before they are decided, decided by somebody else, put right, and nobody else's business."""

import datetime

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from core import audit
from core.models import Notice
from governance.errors import GovernanceRefused
from governance.models import Case, CaseStep
from governance.queries import open_cases, sanction
from governance.queries.case import next_step, state, waiting, with_standing
from governance.services import case as cases
from tests.builders import a_decision, a_member

pytestmark = pytest.mark.django_db

OPENED = datetime.date(2026, 3, 2)
TALKED = datetime.date(2026, 3, 5)
MEETING = datetime.date(2026, 3, 12)


@pytest.fixture
def sri(secretary):
    return a_member("Sri Lestari", username="sri")


@pytest.fixture
def tono(secretary):
    return a_member("Tono Prasetyo", username="tono")


@pytest.fixture
def case(sri):
    """Started by the books, about Sri's loan."""
    return opened(sri)


def opened(member, *, by=None, on=OPENED, **facts):
    facts = {"kind": "loan", "title": "Angsuran Februari", "text": "Tiga surat belum terjawab."} | facts
    return cases.open_case(member, on=on, by=by, **facts)


def about_case(case, *, by, on=MEETING, **facts):
    return a_decision(by=by, on=on, kind="sanction", about=case, **facts)


def refused(service, *args, **facts):
    with pytest.raises(GovernanceRefused) as no, transaction.atomic():
        service(*args, **facts)
    return str(no.value)


def kinds(case):
    return list(case.steps.order_by("pk").values_list("kind", flat=True))


# -- the way of a case -----------------------------------------------------------------------------------------------


def test_numbers_follow_one_another_within_a_year(sri, tono):
    last_year = opened(sri, on=datetime.date(2025, 12, 30))
    first, second = opened(sri), opened(tono)
    assert [last_year.number, first.number, second.number] == ["KS-2025-0001", "KS-2026-0001", "KS-2026-0002"]


def test_a_number_that_was_not_used_is_given_again(sri):
    with transaction.atomic():
        opened(sri)
        transaction.set_rollback(True)
    assert opened(sri).number == "KS-2026-0001"


def test_a_case_is_talked_about_agreed_decided_and_put_right(case, chair, secretary, treasurer):
    cases.record_talk(case, text="Bertemu di rumahnya.", on=TALKED, by=treasurer)
    cases.agree(case, text="Rp 50.000 seminggu.", due_on=datetime.date(2026, 4, 12), on=TALKED, by=treasurer)
    cases.answer(case, text="Saya sanggup.", on=TALKED, by=case.member.user)
    cases.put_on_agenda(case, text="Apakah rapat setuju?", due_on=MEETING, on=TALKED, by=secretary)
    decision = about_case(case, by=secretary)
    cases.decide(case, decision=decision, text="Rapat setuju.", on=MEETING, by=chair)
    cases.impose_sanction(case, decision=decision, sanction="no_new_loan", text="Sampai lunas.", on=MEETING, by=chair)
    assert sanction(case.member, as_of=MEETING) == case
    paid = datetime.date(2026, 4, 10)
    cases.record_settled(case, text="Pinjaman tidak lagi terlambat.", on=paid)
    cases.restore(case, text="Sudah lunas.", on=paid, by=chair)
    assert kinds(case) == [
        "talk", "agreement", "answer", "agenda", "decision", "sanction", "settled", "restored"
    ]  # fmt: skip
    assert sanction(case.member, as_of=paid) is None
    assert sanction(case.member, as_of=paid - datetime.timedelta(days=1)) == case
    assert list(open_cases(case.member, as_of=paid)) == []
    assert list(open_cases(case.member, as_of=paid - datetime.timedelta(days=1))) == [case]
    assert list(open_cases(case.member, as_of=OPENED - datetime.timedelta(days=1))) == []


def test_a_sanction_ends_on_its_day(case, chair, secretary):
    cases.record_talk(case, text="Bicara.", on=TALKED, by=chair)
    until = datetime.date(2026, 6, 12)
    decision = about_case(case, by=secretary)
    cases.impose_sanction(
        case, decision=decision, sanction="no_surplus", until=until, text="Tiga bulan.", on=MEETING, by=chair
    )
    day_before = until - datetime.timedelta(days=1)
    assert sanction(case.member, as_of=day_before, bars="no_surplus") == case
    assert sanction(case.member, as_of=until, bars="no_surplus") is None
    assert sanction(case.member, as_of=day_before) is None, "only surplus work is barred"


def test_a_case_is_not_led_by_one_hand(case, chair, secretary):
    """Talk, agreement and decision by the chair alone: another officer puts the sanction in force, or led before."""
    cases.record_talk(case, text="Bicara.", on=TALKED, by=chair)
    facts = {"sanction": "no_new_loan", "text": "Dulu.", "on": MEETING}
    alone = about_case(case, by=chair)
    assert "sendirian" in refused(cases.impose_sanction, case, decision=alone, by=chair, **facts)
    broken("led by one hand", lambda: CaseStep.objects.create(case=case, kind="sanction", decision=alone, by=chair,
           sanction="no_new_loan", on=MEETING, text="x"))  # fmt: skip
    cases.agree(case, text="Cicil.", due_on=MEETING, on=TALKED, by=secretary)
    cases.impose_sanction(case, decision=alone, by=chair, **facts)


def test_every_step_names_its_rule(case, chair, secretary):
    decision = about_case(case, by=secretary, number="07/RA/III/2026")
    talk = cases.record_talk(case, text="Bicara.", on=TALKED, by=chair)
    step = cases.decide(case, decision=decision, text="Rapat setuju.", on=MEETING, by=chair)
    assert talk.rule == "Bicara dulu. Tidak ada keputusan sebelum orangnya didengar."
    assert step.rule == "07/RA/III/2026: Aturan bersama"


def test_the_next_step_is_said_with_who_may_take_it(case, chair, secretary):
    def coming(as_of=TALKED):
        found = next_step(case, list(case.steps.order_by("pk")), as_of=as_of, reader=chair)
        return (found.text, found.who) if found else None

    assert coming() == (
        "Bicaralah dengan anggota dan catat isi pembicaraannya.",
        "ketua, sekretaris atau bendahara",
    )
    cases.record_talk(case, text="Bicara.", on=TALKED, by=secretary)
    assert coming()[0] == "Sepakati apa yang dilakukan dan sampai kapan, atau bawa ke rapat."
    cases.agree(case, text="Rp 50.000 seminggu.", due_on=MEETING, on=TALKED, by=secretary)
    assert coming(MEETING)[0].startswith("Kesepakatan sedang dijalankan.")
    assert coming(MEETING + datetime.timedelta(days=1)) == (
        "Hari kesepakatan sudah lewat: pulihkan anggota, atau bicaralah lagi.",
        "Chair",
    )
    cases.restore(case, text="Beres.", on=MEETING, by=chair)
    assert coming(MEETING) is None
    assert state("restored") == ("leaf", "dipulihkan")


def test_cases_wait_until_somebody_acts(case, chair, secretary):
    assert waiting(as_of=OPENED) == 1
    cases.record_talk(case, text="Bicara.", on=TALKED, by=chair)
    assert waiting(as_of=TALKED) == 0
    cases.agree(case, text="Rp 50.000 seminggu.", due_on=MEETING, on=TALKED, by=chair)
    assert waiting(as_of=MEETING) == 0
    assert waiting(as_of=MEETING + datetime.timedelta(days=1)) == 1
    assert with_standing(Case.objects.all(), as_of=TALKED).get().due == MEETING


# -- refusals --------------------------------------------------------------------------------------------------------


def test_nobody_is_decided_on_unheard(case, chair, secretary):
    decision = about_case(case, by=secretary)
    sentence = "Belum ada yang berbicara dengan Sri Lestari. Catat dulu pembicaraannya."
    assert refused(cases.decide, case, decision=decision, text="Ya.", on=MEETING, by=chair) == sentence
    assert refused(cases.agree, case, text="Ya.", due_on=MEETING, on=TALKED, by=chair) == sentence
    cases.answer(case, text="Saya sakit.", on=TALKED, by=case.member.user)
    cases.decide(case, decision=decision, text="Diberi waktu.", on=MEETING, by=chair)


def test_a_decision_is_taken_after_the_case_was_opened(case, chair, secretary):
    cases.record_talk(case, text="Bicara.", on=TALKED, by=chair)
    old = about_case(case, by=secretary, on=OPENED - datetime.timedelta(days=1))
    assert refused(cases.decide, case, decision=old, text="Ya.", on=MEETING, by=chair).startswith("Pilih keputusan")
    later = about_case(case, by=secretary)
    assert "Tidak ada yang" in refused(cases.decide, case, decision=later, text="Ya.", on=TALKED, by=chair)


def test_whoever_reported_does_not_decide(sri, tono, chair, secretary, treasurer):
    case = opened(sri, by=chair, kind="conduct")
    assert refused(cases.restore, case, text="Beres.", on=TALKED, by=chair) == (
        "Yang melaporkan tidak ikut memutuskan. Mintalah pengurus lain."
    )
    cases.restore(case, text="Beres.", on=TALKED, by=secretary)
    told = opened(sri, by=secretary, reporter=a_member("Ketua Lama", user=treasurer), kind="conduct")
    assert refused(cases.close, told, text="Beres.", on=TALKED, by=treasurer).startswith("Yang melaporkan")
    assert refused(cases.close, told, text="Beres.", on=TALKED, by=secretary).startswith("Yang melaporkan")
    cases.close(told, text="Salah paham.", on=TALKED, by=chair)


def test_the_secretary_decides_only_in_place_of_the_chair(case, chair, secretary):
    assert refused(cases.close, case, text="Beres.", on=TALKED, by=secretary) == (
        "Ketua yang memutuskan perkara ini. Anda dapat mencatat pembicaraan dan kesepakatan."
    )
    about_the_chair = opened(a_member("Bu Ketua", user=chair))
    cases.close(about_the_chair, text="Beres.", on=TALKED, by=secretary)


def test_nobody_acts_in_their_own_case(treasurer, secretary, sri):
    case = opened(a_member("Bendahara", user=treasurer))
    assert refused(cases.record_talk, case, text="Saya bicara.", on=TALKED, by=treasurer) == (
        "Perkara ini tentang Anda. Silakan jawab di dalamnya; pengurus lain yang melanjutkannya."
    )
    assert refused(cases.answer, case, text="Saya jawab.", on=TALKED, by=sri.user).startswith("Hanya anggota")
    assert refused(cases.open_case, sri, kind="loan", title="x", text="y", on=OPENED, by=sri.user) == (
        "Tidak perlu melaporkan diri sendiri. Bicaralah dengan pengurus."
    )


def test_nothing_is_added_to_a_closed_case(case, chair):
    cases.close(case, text="Salah paham.", on=TALKED, by=chair)
    assert refused(cases.record_talk, case, text="Lagi.", on=TALKED, by=chair) == (
        "Perkara KS-2026-0001 sudah ditutup tanpa akibat sejak 5 Maret 2026. Tidak ada lagi yang ditambahkan."
    )
    assert cases.record_settled(case, text="Lunas.", on=TALKED) is None


def test_what_was_owed_is_noted_once(case):
    assert cases.record_settled(case, text="Lunas.", on=TALKED)
    assert cases.record_settled(case, text="Lunas.", on=TALKED) is None


# -- around the services ---------------------------------------------------------------------------------------------


def broken(message, write):
    with pytest.raises((IntegrityError, ProgrammingError), match=message), transaction.atomic():
        write()


def test_the_database_refuses_the_wrong_person(case, chair, secretary, sri):
    def step(kind, by, **facts):
        return lambda: CaseStep.objects.create(case=case, kind=kind, on=TALKED, by=by, text="x", **facts)

    broken("nobody acts in their own case", step("restored", sri.user))
    broken("only the member concerned answers", step("answer", chair))
    reported = opened(sri, by=chair)
    broken(
        "whoever reported does not decide",
        lambda: CaseStep.objects.create(case=reported, kind="closed", on=TALKED, by=chair, text="x"),
    )
    broken("a step follows the opening", lambda: CaseStep.objects.create(
        case=case, kind="talk", on=OPENED - datetime.timedelta(days=1), by=chair, text="x"
    ))  # fmt: skip
    step("closed", secretary)()
    broken("this case is closed", step("talk", chair))


def test_the_database_wants_a_step_whole(case, chair, secretary):
    def step(**facts):
        row = {"case": case, "kind": "talk", "on": TALKED, "by": chair, "text": "x"} | facts
        return lambda: CaseStep.objects.create(**row)

    broken("kind_known", step(kind="punish"))
    broken("says_what", step(text=""))
    broken("by_whom", step(by=None))
    broken("has_a_day", step(kind="agreement"))
    broken("has_a_day", step(kind="agreement", due_on=OPENED))
    broken("names_the_decision", step(kind="decision"))
    decision = about_case(case, by=secretary, on=TALKED)
    broken("which_sanction", step(kind="sanction", decision=decision))
    broken("until_later", step(kind="sanction", decision=decision, sanction="no_new_loan", until=TALKED))


def test_a_case_is_written_once(case, sri):
    broken("Cannot update", lambda: Case.objects.update(title="x"))
    broken("Cannot update or delete", lambda: Case.objects.all().delete())
    broken("reporter_is_somebody_else", lambda: Case.objects.create(
        number="KS-1", member=sri, reporter=sri, kind="loan", title="x", text="y", opened_on=OPENED
    ))  # fmt: skip
    broken("says_what", lambda: Case.objects.create(number="KS-1", member=sri, kind="loan", opened_on=OPENED))
    broken("kind_known", lambda: Case.objects.create(
        number="KS-1", member=sri, kind="x", title="x", text="y", opened_on=OPENED
    ))  # fmt: skip


# -- nobody else's business ------------------------------------------------------------------------------------------


def test_nobody_else_sees_a_case(case, sri, tono, chair, treasurer, supervisor, maintainer, client):
    reported = opened(sri, by=tono.user, kind="handover", title="Sandal belum kembali")
    pages = [reverse("governance:case", args=[reported.pk]), reverse("governance:answer-case", args=[reported.pk])]
    expected = {"sri": [200, 200], "tono": [404, 404], "maintainer": [403, 403]}
    expected |= {officer: [200, 404] for officer in ("chair", "secretary", "treasurer", "supervisor")}
    for user in (sri.user, tono.user, maintainer, chair, treasurer, supervisor):
        client.force_login(user)
        assert [client.get(page).status_code for page in pages] == expected[user.username], user
    client.force_login(tono.user)
    assert client.get(reverse("governance:cases")).status_code == 403
    for page in (reverse("governance:my-cases"), reverse("inbox"), reverse("home")):
        text = client.get(page).content.decode()
        assert "KS-2026" not in text
        assert "Sandal belum kembali" not in text


def test_the_trail_shows_no_case_to_the_maintainer_and_no_name_to_anybody(case, sri, chair, maintainer, client):
    cases.record_talk(case, text="Bertemu di rumah Sri.", on=TALKED, by=chair)
    assert {event.action for event in audit.visible_to(chair)} >= {"case.opened", "case.talk"}
    assert not [event for event in audit.visible_to(maintainer) if event.action.startswith("case.")]
    lines = [audit.sentence(event) for event in audit.visible_to(chair) if event.action.startswith("case.")]
    assert lines == ["Pembukuan membuka perkara KS-2026-0001", "Chair mencatat pembicaraan dalam perkara KS-2026-0001"]
    client.force_login(maintainer)
    for page in (reverse("audit-trail"), reverse("styleguide")):
        assert "KS-2026" not in client.get(page).content.decode()


def test_only_the_member_and_the_board_are_told(chair, secretary, treasurer, sri, tono, case):
    told = Notice.objects.filter(url=reverse("governance:case", args=[case.pk]))
    assert {notice.to for notice in told} == {sri.user, chair, secretary}
    assert not told.filter(text__contains="Sri").exists(), "a telephone shows what it is told"


def test_the_member_does_not_read_who_reported(sri, tono, chair, client):
    case = opened(sri, by=tono.user, kind="handover")
    page = reverse("governance:case", args=[case.pk])
    client.force_login(sri.user)
    assert "Tono" not in client.get(page).content.decode()
    client.force_login(chair)
    assert "Tono" in client.get(page).content.decode()


# -- in the browser --------------------------------------------------------------------------------------------------


def test_a_member_reports_and_is_thanked(sri, tono, client):
    client.force_login(tono.user)
    page = reverse("governance:report-case")
    form = client.get(page).context["form"]
    facts = {
        "token": form["token"].value(),
        "member": sri.pk,
        "kind": "price",
        "title": "Harga",
        "happened_on": "2026-03-01",
        "place": "Pasar Beringharjo",
        "text": "Di bawah.",
    }
    answer = client.post(page, facts, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "Terima kasih. Pengurus sudah menerimanya" in answer.content.decode()
    case = Case.objects.get()
    assert (case.member, case.reporter, case.opened_by) == (sri, tono, tono.user)


def test_a_member_answers_on_the_own_page(case, sri, client):
    client.force_login(sri.user)
    assert "Angsuran Februari" in client.get(reverse("governance:my-cases")).content.decode()
    page = reverse("governance:answer-case", args=[case.pk])
    token = client.get(page).context["form"]["token"].value()
    client.post(page, {"token": token, "text": "Anak saya sakit."})
    client.post(page, {"token": token, "text": "Anak saya sakit."})
    assert case.steps.get().text == "Anak saya sakit."
    assert "Anak saya sakit." in client.get(reverse("governance:case", args=[case.pk])).content.decode()


STEPS = ["talk", "agree", "put-on-agenda", "decide-case", "sanction", "restore", "close-case"]


def test_every_step_belongs_to_its_role(case, sri, chair, secretary, treasurer, supervisor, client):
    statuses = {}
    for user in (chair, secretary, treasurer, supervisor, sri.user):
        client.force_login(user)
        statuses[user.username] = [
            client.get(reverse(f"governance:{step}", args=[case.pk])).status_code for step in STEPS
        ]
    assert statuses == {
        "chair": [200] * 7,
        "secretary": [200] * 7,
        "treasurer": [200] * 3 + [403] * 4,
        "supervisor": [403] * 7,
        "sri": [403] * 7,
    }


def test_the_chair_walks_a_case_through_its_pages(case, chair, secretary, client):
    client.force_login(chair)
    decision = about_case(case, by=secretary, on=datetime.date.today())
    today = datetime.date.today()
    for step, facts in (
        ("talk", {"text": "Bertemu.", "on": today}),
        ("agree", {"text": "Sabtu depan.", "on": today, "due_on": today}),
        ("put-on-agenda", {"text": "Setuju?", "due_on": today + datetime.timedelta(days=9)}),
        ("decide-case", {"decision": decision.pk, "text": "Setuju."}),
        ("sanction", {"decision": decision.pk, "text": "Dulu.", "sanction": "no_new_loan", "until": ""}),
        ("restore", {"text": "Beres."}),
    ):
        page = reverse(f"governance:{step}", args=[case.pk])
        token = client.get(page).context["form"]["token"].value()
        answer = client.post(page, facts | {"token": token})
        assert answer.status_code == 302, answer.context["form"].errors
    text = client.get(reverse("governance:case", args=[case.pk])).content.decode()
    assert "belum boleh pinjaman baru" in text
    assert "dipulihkan" in text


def test_the_list_asks_the_same_questions_for_three_cases(case, sri, tono, chair, client, django_assert_num_queries):
    client.force_login(chair)
    page = reverse("governance:cases")
    client.get(page)
    with django_assert_num_queries(5):
        client.get(page)
    opened(tono)
    opened(sri, title="Lain lagi")
    with django_assert_num_queries(5):
        text = client.get(page).content.decode()
    assert "KS-2026-0003" in text
    assert client.get(page + "?state=ended").context["page"].paginator.count == 0
    assert client.get(page + "?format=xlsx").status_code == 200
