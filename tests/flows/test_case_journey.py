"""A breach of the agreed prices, from the report to the member restored, led by two officers.

Tono reports on 2 March that Sri sold below the list in the market on 28 February, with a photo. Only the chair reads
that it was Tono. The secretary talks with Sri and agrees with her; the board decides between meetings; the chair puts
the sanction in force and restores her on 12 April.
"""

import datetime

import pytest
from django.urls import reverse

from core import audit
from core.errors import Refused
from core.models import StoredFile
from core.uploads import paper
from governance.models import CaseStep
from governance.queries import open_cases, sanction
from governance.queries.case import statistics
from governance.services import case as cases
from governance.services import resolution as board
from tests.books import assert_clean
from tests.builders import a_member
from tests.papers import a_pdf, words_on

pytestmark = pytest.mark.django_db

REPORTED, TALKED, DECIDED = (datetime.date(2026, 3, day) for day in (2, 5, 9))
RESTORED = datetime.date(2026, 4, 12)
BARS = "no_surplus"


@pytest.fixture
def sri(secretary):
    return a_member("Sri Lestari", username="sri")


@pytest.fixture
def tono(secretary):
    return a_member("Tono Prasetyo", username="tono")


def reported(sri, tono):
    photo = paper(a_pdf())
    return cases.open_case(
        sri,
        kind="price",
        title="Sandal di bawah harga",
        text="Dijual Rp 9.000.",
        happened_on=datetime.date(2026, 2, 28),
        place="Pasar Beringharjo",
        evidence=photo,
        on=REPORTED,
        by=tono.user,
    )


def shown(client, user, case) -> str:
    client.force_login(user)
    return client.get(reverse("governance:case", args=[case.pk])).content.decode()


def test_from_the_report_to_the_member_restored(client, sri, tono, chair, secretary, treasurer, supervisor):
    case = reported(sri, tono)
    assert "Tono Prasetyo" in shown(client, chair, case)
    for reader in (secretary, treasurer, supervisor, sri.user):
        assert "Tono" not in shown(client, reader, case), reader.role
        assert "Pasar Beringharjo" in shown(client, reader, case)
    assert not audit.visible_to(treasurer).filter(by_username="tono", action__startswith="case.").exists()
    evidence = reverse("governance:case-evidence", args=[case.pk])
    client.force_login(treasurer)
    assert words_on(client.get(evidence).content) == "nota"
    client.force_login(sri.user)
    assert client.get(evidence).status_code == 403
    assert StoredFile.objects.count() == 1

    cases.record_talk(case, text="Sri menjelaskan.", on=TALKED, by=secretary)
    cases.answer(case, text="Butuh uang untuk sekolah anak.", on=TALKED, by=sri.user)
    cases.agree(case, text="Tidak lagi di bawah harga.", due_on=RESTORED, on=TALKED, by=secretary)

    asked = board.propose_resolution(
        kind="sanction", subject=case, detail=BARS, title="Sanksi harga", text="Sebulan.", on=DECIDED, by=secretary
    )
    for officer in (secretary, chair, treasurer):
        board.answer_resolution(asked, agrees=True, on=DECIDED, by=officer)
    asked.refresh_from_db()
    facts = {"decision": asked.decision, "text": "Sampai rapat April.", "on": DECIDED, "by": chair}
    with pytest.raises(Refused, match="hal lain"):
        cases.impose_sanction(case, sanction="no_new_loan", **facts)
    cases.impose_sanction(case, sanction=BARS, **facts)
    assert sanction(sri, as_of=DECIDED, bars=BARS) == case
    assert sanction(sri, as_of=DECIDED) is None

    cases.restore(case, text="Kesepakatan ditepati.", on=RESTORED, by=chair)
    assert sanction(sri, as_of=RESTORED, bars=BARS) is None
    assert not open_cases(sri, as_of=RESTORED).exists()
    hands = CaseStep.objects.filter(case=case).exclude(kind="answer").values_list("by__role", flat=True)
    assert set(hands) == {"secretary", "chair"}
    [year] = statistics(as_of=RESTORED)
    assert (year.opened, year.restored, year.closed, year.sanctions) == (1, 1, 0, 1)
    client.force_login(tono.user)
    page = client.get(reverse("governance:case-statistics")).content.decode()
    assert "2026" in page
    assert "Sri" not in page
    assert_clean(RESTORED)


def test_a_report_that_concerns_the_chair_is_led_by_the_secretary(client, tono, chair, secretary, treasurer):
    karto = a_member("Karto", user=chair, by=secretary)
    case = reported(karto, tono)
    assert "Tono Prasetyo" in shown(client, secretary, case)
    assert "Tono" not in shown(client, chair, case)
    assert "Tono" not in shown(client, treasurer, case)


def test_what_happened_lies_before_the_report(sri, tono):
    with pytest.raises(Refused, match="Periksa lagi"):
        cases.open_case(sri, kind="price", title="x", text="y", happened_on=TALKED, on=REPORTED, by=tono.user)
