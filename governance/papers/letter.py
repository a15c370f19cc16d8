"""The letters of the ladder on the letterhead."""

import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from core.dates import long_date
from governance.models import Letter


def paragraphs(letter: Letter) -> list[str]:
    """What letter 1, 2 or 3 says, paragraph by paragraph."""
    facts = {
        "title": letter.title,
        "amount": letter.amount,
        "day": long_date(letter.due_on),
        "between": letter.ladder.rules.between_days,
        "case": letter.ladder.rules.case_days,
        "cooperative": settings.COOPERATIVE_NAME.partition(" – ")[0],
    }
    texts = {
        1: [
            _(
                "We hope that you, your family and your work are well. According to the books of {cooperative}, "
                "{title} was due on {day}; {amount} has not come in yet. It may have been overlooked, or something may "
                "have come up."
            ),
            _(
                "Please bring it to the treasurer or to the meeting on the 12th. If that is difficult, talk with us: "
                "we can spread what is owed or look for another way, before it becomes heavier."
            ),
        ],
        2: [
            _(
                "We have written to you before about {title}, due on {day}. {amount} is still open, and we have not "
                "agreed on a way yet."
            ),
            _(
                "What members lend each other comes from the savings of all. Please come to the secretariat within "
                "{between} days, or tell us when we may visit you, so that we find a way that you can keep."
            ),
        ],
        3: [
            _("This is our third letter about {title}, due on {day}. {amount} is still open."),
            _(
                "If we have not heard from you {case} days after you received this letter, the rules of the members "
                "ask the board to open a case: we sit together, you are heard, and what cannot be agreed is laid "
                "before the meeting. We would much rather find a way with you before."
            ),
        ],
    }
    closing = _("If it has been settled in the meantime, please take this letter as void, with our thanks.")
    return [text.format(**facts) for text in [*texts[letter.step], closing]]


def letter_paper(letter: Letter, *, on: datetime.date) -> dict:
    """The facts for templates/governance/letter.typ, with a slip below for the hand-over."""
    signed_on = letter.issued_on or on
    rules = letter.ladder.rules
    return {
        "on": signed_on,
        "title": _("Letter {step} of 3: a reminder").format(step=letter.step),
        "number": letter.number or _("(draft, not signed)"),
        "labels": [_("Number"), _("About"), _("To")],
        "about": letter.title,
        "to": [letter.member.name, letter.member.address or _("Keparakan Kidul")],
        "salutation": _("Dear {name},").format(name=letter.member.name),
        "paragraphs": paragraphs(letter),
        "facts": [
            [_("What is owed"), letter.title],
            [_("Due on"), letter.due_on],
            [_("Still open"), letter.amount],
        ],
        "rule": _("This letter follows the rules the members decided: {rules}, decision {number}.").format(
            rules=rules, number=rules.decided_in.number
        ),
        "place": f"{settings.COOPERATIVE_CITY}, {long_date(signed_on)}",
        "signatures": [
            {"office": _("Chair"), "name": ""},
            {"office": _("Secretary"), "name": letter.issued_by.name if letter.issued_by else ""},
        ],
        "slip": {
            "title": _("Received letter {number}").format(number=letter.number or "…"),
            "rows": [
                [_("Handed over on"), letter.delivered_on or ""],
                [_("How"), letter.get_delivered_how_display()],
                [_("To whom"), letter.delivered_to],
            ],
            "signatures": [{"office": _("Received by"), "name": ""}, {"office": _("Handed over by"), "name": ""}],
        },
    }
