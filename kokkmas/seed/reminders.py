"""What comes late in the story: the books climb the ladder once a week, officers sign, visit and agree."""

import datetime

from governance import services as governance
from governance.models import Case, LadderRules, Letter
from governance.services import case as cases
from governance.services import letter as letters
from governance.services.ladder import climb
from kokkmas.seed.founding import Cooperative, decide
from kokkmas.seed.speed import refusal_possible

WEEKS = 30
TO_THE_END = 4
"""How many letters 3 are signed; the others wait on the secretary's table."""
DAYS = {"reminder_days": 3, "notice_days": 1, "letter_days": 7, "between_days": 14, "case_days": 14}


def start(coop: Cooperative) -> None:
    on = coop.started_on
    text = "Pengingat, pemberitahuan dan tiga surat dengan jarak sebagaimana dibacakan; sesudah itu duduk bersama."
    decision = decide(coop, "Pengingat dan surat", text, on=on)
    for about in LadderRules.Kind.values:
        governance.put_in_force(
            LadderRules, in_force_from=on, decided_in=decision, on=on, by=coop.chair, about=about, **DAYS
        )


def mornings(until: datetime.date) -> list[datetime.date]:
    """The days on which the story looks: once a week; `leave_open` looks on its last day."""
    return [until - datetime.timedelta(weeks=weeks) for weeks in reversed(range(1, WEEKS))]


def morning(coop: Cooperative, on: datetime.date) -> None:
    for kind in LadderRules.Kind.values:
        climb(kind, on=on)
    for letter in Letter.objects.to_send().order_by("pk"):
        if letter.step < 3 or Letter.objects.filter(step=3, issued_on__isnull=False).count() < TO_THE_END:
            try:
                with refusal_possible():
                    letters.sign(letter, on=on, by=coop.secretary)
            except letters.LetterRefused:  # paid since the books looked
                continue
            how = "by_hand" if letter.step < 3 else "family"
            letters.record_delivery(letter, delivered_on=on, delivered_how=how, by=coop.secretary)
            if letter.step == 2 and letter.member.user:
                text = "Maaf terlambat. Pembeli baru membayar minggu depan, sesudah itu saya lunasi."
                letters.answer_letter(letter, text=text, on=on, by=letter.member.user)
    _talk(coop, on)


def _talk(coop: Cooperative, on: datetime.date) -> None:
    """A case is talked about in the week it is opened, and something is agreed that can be kept."""
    for case in Case.objects.open(as_of=on).filter(steps=None, opened_by=None).order_by("pk"):
        cases.record_talk(case, text="Ketua berkunjung; pesanan sepi sejak bulan lalu.", on=on, by=coop.chair)
        text = "Mengangsur setiap Sabtu mulai minggu depan, sisanya sesudah pesanan besar dibayar."
        until = on + datetime.timedelta(days=30)
        cases.agree(case, text=text, due_on=until, on=on, by=coop.chair)
        if case.member.user:
            cases.answer(case, text="Terima kasih, saya sanggup.", on=on, by=case.member.user)


def leave_open(coop: Cooperative, *, on: datetime.date) -> None:
    """The last morning; whose debt has come in is restored, the other cases are being kept."""
    morning(coop, on)
    for case in Case.objects.open(as_of=on).filter(steps__kind="settled").order_by("pk"):
        cases.restore(case, text="Kesepakatan ditepati. Terima kasih.", on=on, by=coop.chair)
