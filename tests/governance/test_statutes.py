"""The statutes: articles with dated versions by decision of the members, never below the law, readable by all."""

import datetime

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from core.dates import today
from core.errors import Refused
from governance.acts import is_carried, is_quorate
from governance.models import ActRules, ArticleVersion, Statute
from governance.queries.statutes import articles, requirement, requirements
from governance.services import put_in_force, statutes
from tests.builders import a_decision, a_member, a_user

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 3, 12)
LATER = datetime.date(2026, 6, 12)


@pytest.fixture
def ad(secretary):
    return statutes.record_statute(kind="ad", title="Anggaran Dasar", short="AD", by=secretary)


def a_draft(ad, by, *, number=9, text="Rapat anggota adalah kekuasaan tertinggi.", on=DAY, **facts):
    facts = {"heading": "Rapat anggota", "reason": "Supaya jelas."} | facts
    return statutes.propose_article(ad, number=number, text=text, on=on, by=by, **facts)


def in_force(ad, secretary, chair, *, on=DAY, **facts):
    draft = a_draft(ad, secretary, on=on, **facts)
    decision = a_decision(by=secretary, on=on, number=f"AD-{draft.pk}", kind="statutes", about=draft)
    return statutes.put_article_in_force(draft, decided_in=decision, in_force_from=on, on=on, by=chair)


def refused(service, *args, **facts):
    with pytest.raises(Refused) as no, transaction.atomic():
        service(*args, **facts)
    return str(no.value)


# -- articles --------------------------------------------------------------------------------------------------------


def test_an_article_reads_as_the_members_decided_from_their_day(ad, secretary, chair):
    in_force(ad, secretary, chair)
    in_force(ad, secretary, chair, on=LATER, text="Satu anggota satu suara.")
    assert [version.text for version in articles(ad, on=DAY)] == ["Rapat anggota adalah kekuasaan tertinggi."]
    assert [version.text for version in articles(ad, on=LATER)] == ["Satu anggota satu suara."]
    repealed = in_force(ad, secretary, chair, on=LATER + datetime.timedelta(days=1), text="")
    assert repealed.is_repealed


def test_articles_stand_in_the_order_of_their_numbers(ad, secretary, chair):
    for number, suffix in ((12, ""), (9, ""), (12, "A")):
        in_force(ad, secretary, chair, number=number, suffix=suffix)
    assert [version.article.place for version in articles(ad, on=DAY)] == ["9", "12", "12A"]
    assert str(articles(ad, on=DAY)[0].article) == "AD pasal 9"


def test_a_change_waits_alone_and_says_why(ad, secretary, chair):
    a_draft(ad, secretary)
    assert "sudah diusulkan" in refused(a_draft, ad, chair)
    statutes.withdraw_article(ArticleVersion.objects.get(), on=DAY, by=secretary)
    in_force(ad, secretary, chair)
    assert "alasan" in refused(a_draft, ad, chair, reason=" ").lower()
    assert "Tuliskan isinya" in refused(a_draft, ad, chair, number=99, text=" ")


def test_only_the_decision_of_the_members_about_it_puts_an_article_in_force(ad, secretary, chair):
    draft, other = a_draft(ad, secretary), a_draft(ad, secretary, number=10)
    facts = {"in_force_from": DAY, "on": DAY}
    right = a_decision(by=secretary, on=DAY, kind="statutes", about=draft)
    wrong = a_decision(by=secretary, on=DAY, number="2", kind="statutes", about=other)
    board = a_decision(by=secretary, on=DAY, number="3", kind="statutes", about=draft, organ="board")
    put = statutes.put_article_in_force
    assert "Pengurus lain" in refused(put, draft, decided_in=right, by=secretary, **facts)
    assert "hal lain" in refused(put, draft, decided_in=wrong, by=chair, **facts)
    assert "rapat anggota (UU 25/1992 pasal 12 dan 23)" in refused(put, draft, decided_in=board, by=chair, **facts)
    early = {"in_force_from": DAY - datetime.timedelta(days=1), "on": DAY}
    assert "sejak hari itu" in refused(put, draft, decided_in=right, by=chair, **early)
    with pytest.raises(IntegrityError, match="follows the decision"), transaction.atomic():
        ArticleVersion.objects.filter(pk=draft.pk).update(decided_in=wrong, in_force_from=DAY, put_in_force_by=chair)
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        ArticleVersion.objects.filter(pk=draft.pk).update(
            decided_in=right, in_force_from=DAY, put_in_force_by=secretary
        )
    put(draft, decided_in=right, by=chair, **facts)
    assert "sudah selesai" in refused(put, draft, decided_in=right, by=chair, **facts)


def test_what_is_in_force_is_never_edited(ad, secretary, chair):
    version = in_force(ad, secretary, chair)
    rows = ArticleVersion.objects.filter(pk=version.pk)
    for deed in (lambda: rows.update(text="x"), lambda: rows.update(in_force_from=LATER), rows.delete):
        with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
            deed()
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        Statute.objects.update(title="x")


# -- who decides -----------------------------------------------------------------------------------------------------


def test_without_a_row_the_law_alone_holds():
    found = requirement("election", on=DAY)
    assert (found.organ, found.quorum_bp, found.majority, found.source) == (
        "members_meeting", 0, "simple", "UU 25/1992 pasal 23 dan 29"
    )  # fmt: skip


def test_the_statutes_say_who_decides_and_cite_the_article(ad, secretary, chair, django_assert_num_queries):
    article = in_force(ad, secretary, chair).article
    decision = a_decision(by=secretary, on=DAY, kind="statutes")
    act = {"act": "dues", "organ": "members_meeting", "majority": "two_thirds", "article": article}
    put_in_force(ActRules, in_force_from=DAY, decided_in=decision, on=DAY, by=chair, **act)
    found = requirement("dues", on=DAY)
    assert (str(found.article), found.majority, found.quorum_bp) == ("AD pasal 9", "two_thirds", 5_000)
    assert requirement("dues", on=DAY - datetime.timedelta(days=1)).article is None
    with django_assert_num_queries(1):
        assert [str(row.article) for row in requirements(on=DAY) if row.article] == ["AD pasal 9"]


@pytest.mark.parametrize("act", ["statutes", "election", "removal", "shu", "budget", "report", "dissolution"])
def test_statutes_below_the_law_are_refused(secretary, chair, act):
    decision = a_decision(by=secretary, on=DAY, kind="statutes")
    facts = {"in_force_from": DAY, "decided_in": decision, "act": act, "organ": "board"}
    assert "Undang-undang menyerahkan hal ini" in refused(put_in_force, ActRules, on=DAY, by=chair, **facts)
    with pytest.raises(IntegrityError, match="higher organ"), transaction.atomic():
        ActRules.objects.create(**facts)


@pytest.mark.parametrize(
    ("majority", "in_favour", "against", "carried"),
    [
        ("simple", 2, 1, True), ("simple", 1, 1, False), ("simple", 0, 0, False),
        ("two_thirds", 2, 1, True), ("two_thirds", 19, 10, False), ("two_thirds", 0, 0, False),
        ("three_quarters", 3, 1, True), ("three_quarters", 29, 10, False),
    ],
)  # fmt: skip
def test_majorities_are_counted_of_the_votes_cast(majority, in_favour, against, carried):
    assert is_carried(majority, in_favour=in_favour, against=against) is carried


def test_a_quorum_is_a_part_of_those_who_may_vote():
    assert is_quorate(5_000, entitled=33, present=17)
    assert not is_quorate(5_000, entitled=33, present=16)
    assert not is_quorate(0, entitled=33, present=0)


# -- pages -----------------------------------------------------------------------------------------------------------


def test_a_text_is_proposed_and_put_in_force_in_the_browser(client, ad, secretary, chair):
    client.force_login(secretary)
    url = reverse("governance:propose-article", args=[ad.pk])
    token = client.get(url).context["form"]["token"].value()
    facts = {"token": token, "number": "5", "heading": "Iuran", "text": "Iuran diputuskan rapat."}
    page = client.post(url, facts)["Location"]
    [draft] = ArticleVersion.objects.all()
    assert "Iuran diputuskan rapat." in client.get(page).content.decode()
    decision = a_decision(by=secretary, on=today(), kind="statutes", about=draft)
    client.force_login(chair)
    url = reverse("governance:put-article-in-force", args=[draft.pk])
    token = client.get(url).context["form"]["token"].value()
    answer = client.post(url, {"token": token, "decided_in": decision.pk, "in_force_from": today().isoformat()})
    assert answer.status_code == 302
    again = client.get(reverse("governance:propose-article", args=[ad.pk]) + f"?article={draft.article_id}")
    assert again.context["form"]["text"].value() == "Iuran diputuskan rapat."
    pdf = client.get(reverse("governance:statute", args=[ad.pk]) + "?format=pdf")
    assert b"".join(pdf.streaming_content)[:5] == b"%PDF-"


@pytest.mark.parametrize("role", ["member", "chair", "secretary", "treasurer", "supervisor", "maintainer"])
def test_every_member_reads_the_statutes_and_two_officers_change_them(client, ad, secretary, chair, role):
    draft = a_draft(ad, secretary)
    user = secretary if role == "secretary" else chair if role == "chair" else a_user(role, username="somebody")
    client.force_login(user)
    reads = [("statutes", []), ("statute", [ad.pk]), ("article", [draft.article_id])]
    changes = [
        ("record-statute", []),
        ("propose-article", [ad.pk]),
        ("put-article-in-force", [draft.pk]),
        ("withdraw-article", [draft.pk]),
    ]
    status = {name: client.get(reverse(f"governance:{name}", args=args)).status_code for name, args in reads + changes}
    may_read = 403 if role == "maintainer" else 200
    may_change = 200 if role in ("chair", "secretary") else 403
    assert status == {name: may_read for name, _ in reads} | {name: may_change for name, _ in changes}


@pytest.mark.parametrize("count", [1, 4])
def test_the_pages_cost_the_same_however_long(client, ad, secretary, chair, django_assert_num_queries, count):
    for number in range(1, count + 1):
        in_force(ad, secretary, chair, number=number)
    client.force_login(a_member("Sri", username="sri", by=secretary).user)
    client.get(reverse("governance:statutes"))
    with django_assert_num_queries(7):
        client.get(reverse("governance:statutes"))
    with django_assert_num_queries(5):
        client.get(reverse("governance:statute", args=[ad.pk]))
