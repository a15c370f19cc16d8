"""A decision stands behind one act: about this thing, by the right organ, counted, not before its day, not revoked."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import Refused
from governance.models import ActRules, Decision, DecisionKind, Resolution, ResolutionAnswer
from governance.models.subject import with_subjects
from governance.queries.decision import standing
from governance.services import case as cases
from governance.services import put_in_force, require
from governance.services import resolution as resolutions
from governance.services.decision import from_agenda_item
from savings.models import SavingsRules
from stock.models import StockRules
from tests.builders import a_decision, a_member, savings_rules

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 3, 12)
NEXT = DAY + datetime.timedelta(days=1)
VOTED = {
    "organ": "members_meeting",
    "decided_on": DAY,
    "title": "Harga baru",
    "text": "Disetujui.",
    "entitled": 33,
    "present": 20,
    "in_favour": 15,
    "against": 3,
    "abstained": 2,
}


@pytest.fixture
def sri(secretary):
    return a_member("Sri Lestari", username="sri")


@pytest.fixture
def case(sri):
    return cases.open_case(sri, kind="price", title="Harga", text="Di bawah harga.", on=DAY, by=None)


def item(kind=DecisionKind.SANCTION, subject=None, detail=""):
    """What the agenda gives: a row about something, not written here."""
    row = Decision(kind=kind, detail=detail)
    row.subject = subject
    return row


def voted(by, *, of=None, **facts):
    return from_agenda_item(of or item(), by=by, **VOTED | facts)


def act_rules(kind, *, by, organ="members_meeting", on=DAY, **values):
    decision = a_decision(by=by, on=on, number=f"ST-{kind}", kind="statutes")
    return put_in_force(ActRules, in_force_from=on, decided_in=decision, on=on, by=by, act=kind, organ=organ, **values)


def refused(service, *args, **facts):
    with pytest.raises(Refused) as no, transaction.atomic():
        service(*args, **facts)
    return str(no.value)


# -- about this thing ------------------------------------------------------------------------------------------------


def test_a_decision_about_something_else_stands_behind_nothing(case, sri, secretary):
    other = cases.open_case(sri, kind="loan", title="Lain", text="Lain.", on=DAY, by=None)
    decision = a_decision(by=secretary, on=DAY, kind="sanction", about=other)
    facts = {"kind": DecisionKind.SANCTION, "subject": case, "on": DAY}
    assert "diambil mengenai hal lain" in refused(require, decision, **facts)
    dues = a_decision(by=secretary, on=DAY, number="2", kind="dues")
    assert "mengenai iuran. Pilih keputusan mengenai perkara" in refused(require, dues, **facts)
    require(decision, kind=DecisionKind.SANCTION, subject=other, on=DAY)


def test_rules_follow_the_decision_about_them(secretary, chair):
    decision = a_decision(by=secretary, on=DAY, about=StockRules)
    values = {"principal_amount": 100_000, "mandatory_amount": 20_000}
    facts = {"in_force_from": DAY, "decided_in": decision}
    assert "Pilih keputusan mengenai aturan simpanan" in refused(
        put_in_force, SavingsRules, on=DAY, by=chair, **facts, **values
    )
    for wrong in (decision, a_decision(by=secretary, on=NEXT, about=SavingsRules)):
        with pytest.raises(IntegrityError, match="rules follow the decision"), transaction.atomic():
            SavingsRules.objects.create(**facts | {"decided_in": wrong}, **values)
    law = a_decision(by=secretary, on=DAY, number="UU", organ="law")
    assert "Undang-undang tidak menetapkan" in refused(
        put_in_force, SavingsRules, on=DAY, by=chair, **facts | {"decided_in": law}, **values
    )


def test_nothing_follows_before_the_day_of_the_decision(case, secretary):
    decision = a_decision(by=secretary, on=NEXT, kind="sanction", about=case)
    assert refused(require, decision, kind="sanction", subject=case, on=DAY) == (
        "Keputusan RA-2026-03-13 baru diambil 13 Maret 2026. Tidak ada yang berlaku sebelum itu."
    )


def test_the_things_of_many_rows_cost_one_query_a_type(case, sri, django_assert_num_queries):
    rows = [item(subject=case), item(subject=sri), item(subject=case), item()]
    with django_assert_num_queries(2):
        assert [row.subject for row in with_subjects(rows)] == [case, sri, case, None]


# -- counted ---------------------------------------------------------------------------------------------------------


def test_what_was_voted_becomes_a_decision_with_its_article_and_figures(case, secretary):
    decision = voted(secretary, of=item(subject=case))
    assert (decision.number, decision.source, decision.subject) == ("KEP-2026-0001", "meeting", case)
    require(decision, kind="sanction", subject=case, on=DAY)


@pytest.mark.parametrize(
    ("facts", "sentence", "name"),
    [
        (
            {"present": 16, "in_favour": 16, "against": 0, "abstained": 0},
            "Kuorum tidak tercapai: 16 dari 33",
            "no quorum",
        ),
        ({"in_favour": 13, "against": 7, "abstained": 0}, "Diperlukan dua pertiga suara", "not carried"),
        ({"organ": "board"}, "diputuskan oleh rapat anggota", "another organ"),
        ({"by_consensus": True}, "Usul tidak diterima", "not carried"),
    ],
    ids=["quorum", "majority", "organ", "consensus against somebody"],
)
def test_without_quorum_majority_or_organ_there_is_no_decision(secretary, case, facts, sentence, name):
    act_rules("sanction", by=secretary, quorum_bp=5_000, majority="two_thirds")
    assert sentence in refused(voted, secretary, of=item(subject=case), **facts)
    row = {"number": "X", "kind": "sanction", "source": "meeting", "recorded_by": secretary} | VOTED | facts
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Decision.objects.create(**row)


def test_a_second_meeting_needs_the_lower_quorum(secretary, case):
    act_rules("sanction", by=secretary, quorum_bp=5_000, second_quorum_bp=3_000)
    few = {"present": 10, "in_favour": 9, "against": 1, "abstained": 0}
    assert "Kuorum tidak tercapai" in refused(voted, secretary, of=item(subject=case), **few)
    assert voted(secretary, of=item(subject=case), second_call=True, **few).second_call


def test_without_statutes_the_law_alone_holds(secretary):
    assert "rapat anggota tahunan (RAT) (UU 25/1992 pasal 23 dan 45)" in refused(
        voted, secretary, of=item(DecisionKind.SHU)
    )
    assert voted(secretary, of=item(DecisionKind.OTHER), organ="board", present=2, entitled=3, in_favour=2, against=0,
                 abstained=0)  # fmt: skip


# -- papers from before the system -----------------------------------------------------------------------------------


def test_once_a_meeting_was_held_in_the_system_papers_are_older(secretary):
    voted(secretary, of=item(DecisionKind.OTHER))
    a_decision(by=secretary, on=DAY - datetime.timedelta(days=1))
    assert "Sejak 12 Maret 2026 keputusan diambil di dalam sistem" in refused(a_decision, by=secretary, on=DAY)
    with pytest.raises(IntegrityError, match="meetings of its own"), transaction.atomic():
        Decision.objects.create(
            number="X", kind="rules", source="paper", organ="board", decided_on=DAY, title="x", recorded_by=secretary
        )


def test_a_paper_names_what_it_decided_in_the_browser(client, secretary, case):
    client.force_login(secretary)
    url = reverse("governance:record-decision") + "?kind=sanction"
    facts = {
        "token": "0f6b2a52-6f9c-4b86-9d4a-0d2f4f0a7b01",
        "number": "7/2026",
        "organ": "board",
        "decided_on": "2026-03-12",
        "title": "Perkara harga",
        "text": "Diberi waktu.",
    }
    assert "about" in client.post(url, facts).context["form"].errors
    assert client.post(url, facts | {"about": case.pk}).status_code == 302
    assert Decision.objects.get().subject == case
    assert client.get(reverse("governance:record-decision") + "?kind=x").status_code == 404


# -- revoked ---------------------------------------------------------------------------------------------------------


def test_a_revoked_decision_stands_behind_nothing_new_and_what_it_set_stays(client, sri, secretary, chair):
    rules = savings_rules(by=chair, on=DAY)
    decision = rules.decided_in
    later = a_decision(by=secretary, on=NEXT, number="CABUT", revokes=decision)
    facts = {"kind": DecisionKind.RULES, "subject": SavingsRules}
    assert refused(require, decision, on=NEXT, **facts) == (
        "Keputusan RA-2026-03-12 sudah dicabut oleh CABUT pada 13 Maret 2026."
    )
    require(decision, on=DAY, **facts)
    assert decision not in Decision.objects.about(DecisionKind.RULES, on=NEXT)
    assert [each.what for each in standing(decision, as_of=NEXT)] == [str(rules)]
    client.force_login(sri.user)
    page = client.get(reverse("governance:decision", args=[decision.pk])).content.decode()
    assert "Dicabut oleh CABUT" in page
    assert "sampai versi berikutnya berlaku" in page
    assert SavingsRules.objects.current(NEXT) == rules
    early = {"by": secretary, "on": DAY, "number": "AWAL", "revokes": later}
    assert "dicabut kemudian" in refused(a_decision, **early)
    board = {"by": secretary, "on": NEXT, "number": "P", "revokes": later, "organ": "board"}
    assert "dicabut kemudian" in refused(a_decision, **board)
    row = {"kind": "rules", "source": "paper", "number": "X", "title": "x", "recorded_by": secretary, "revokes": later}
    for wrong in ({"organ": "board", "decided_on": NEXT}, {"organ": "members_meeting", "decided_on": DAY}):
        with pytest.raises(IntegrityError, match="revoked later"), transaction.atomic():
            Decision.objects.create(**row, **wrong)


# -- the board between meetings --------------------------------------------------------------------------------------


def asked(case, by, **facts):
    facts = {"kind": "sanction", "subject": case, "title": "Sanksi", "text": "Tanpa pinjaman baru."} | facts
    return resolutions.propose_resolution(on=DAY, by=by, **facts)


def test_the_board_decides_when_each_has_answered(case, chair, secretary, treasurer):
    resolution = asked(case, secretary)
    for officer in (chair, secretary):
        resolutions.answer_resolution(resolution, agrees=True, on=DAY, by=officer)
        resolution.refresh_from_db()
        assert resolution.outcome == ""
    resolutions.answer_resolution(resolution, agrees=False, reason="Terlalu cepat.", on=NEXT, by=treasurer)
    resolution.refresh_from_db()
    decision = resolution.decision
    assert (decision.source, decision.organ, decision.in_favour, decision.against) == ("circular", "board", 2, 1)
    require(decision, kind="sanction", subject=case, on=NEXT)
    assert "sudah selesai" in refused(resolutions.answer_resolution, resolution, agrees=True, on=NEXT, by=chair)


def test_a_resolution_that_is_not_carried_is_no_decision(case, chair, secretary, treasurer):
    resolution = asked(case, secretary)
    assert "Tulis" in refused(resolutions.answer_resolution, resolution, agrees=False, on=DAY, by=chair)
    for officer, agrees in ((chair, False), (secretary, True), (treasurer, False)):
        resolutions.answer_resolution(resolution, agrees=agrees, reason="Belum perlu.", on=DAY, by=officer)
    resolution.refresh_from_db()
    assert (resolution.outcome, resolution.decision) == ("lost", None)


def test_what_the_members_decide_is_not_asked_of_the_board(case, chair, secretary, sri):
    assert "Masukkan ke acara rapat" in refused(
        asked, case, chair, kind=DecisionKind.ELECTION, subject=sri, detail="chair"
    )
    assert "Hanya pengurus" in refused(asked, case, sri.user)


def test_nobody_answers_about_themselves_twice_or_for_others(case, chair, secretary, treasurer, supervisor):
    member = a_member("Ketua", user=chair, by=secretary)
    about = asked(case, secretary, kind=DecisionKind.DISMISSAL, subject=member)
    assert "tidak bersangkutan" in refused(resolutions.answer_resolution, about, agrees=True, on=DAY, by=chair)
    resolutions.answer_resolution(about, agrees=True, on=DAY, by=secretary)
    assert "sudah menjawab" in refused(resolutions.answer_resolution, about, agrees=True, on=DAY, by=secretary)
    assert "tidak bersangkutan" in refused(resolutions.answer_resolution, about, agrees=True, on=DAY, by=supervisor)
    for who, name in ((chair, "nobody decides on themselves"), (supervisor, "only the board"), (secretary, "once")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            ResolutionAnswer.objects.create(resolution=about, by=who, on=DAY, agrees=True)
    resolutions.answer_resolution(about, agrees=True, on=DAY, by=treasurer)
    about.refresh_from_db()
    assert (about.outcome, about.decision.entitled) == ("carried", 2)
    with pytest.raises(IntegrityError, match="ended"), transaction.atomic():
        ResolutionAnswer.objects.create(resolution=about, by=treasurer, on=DAY, agrees=True)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Resolution.objects.filter(pk=about.pk).update(outcome="lost")


def test_the_board_is_asked_and_answers_in_the_browser(client, case, chair, secretary, treasurer, sri):
    client.force_login(secretary)
    url = reverse("governance:propose-resolution") + "?kind=sanction"
    facts = {"about": case.pk, "title": "Sanksi", "text": "Tanpa pinjaman baru."}
    token = client.get(url).context["form"]["token"].value()
    assert client.post(url, facts | {"token": token}).status_code == 302
    [resolution] = Resolution.objects.all()
    page = reverse("governance:resolution", args=[resolution.pk])
    for officer in (secretary, chair, treasurer):
        client.force_login(officer)
        token = client.get(page).context["form"]["token"].value()
        assert client.post(page, {"token": token, "agrees": "yes"}).status_code == 302
    assert Decision.objects.get().number in client.get(page).content.decode()
    assert client.post(page, {"agrees": "no"}).status_code == 404
    assert client.get(reverse("governance:resolutions")).status_code == 200
    client.force_login(sri.user)
    assert client.get(page).status_code == 403
    assert client.get(reverse("governance:resolutions")).status_code == 403


def test_whoever_asked_takes_it_back(client, case, chair, secretary):
    resolution = asked(case, secretary)
    assert "pengusulnya" in refused(resolutions.withdraw_resolution, resolution, on=DAY, by=chair)
    client.force_login(secretary)
    url = reverse("governance:withdraw-resolution", args=[resolution.pk])
    token = client.get(url).context["form"]["token"].value()
    assert client.post(url, {"token": token}).status_code == 302
    resolution.refresh_from_db()
    assert resolution.outcome == "withdrawn"
