"""What the ladder says: to the telephone, into the inbox, on paper. A member in arrears is a neighbour."""

import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.ladder import Step


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")


def inbox(step: Step, *, title: str, amount: str, due_on: datetime.date) -> str:
    """Short: it stands in a list. Reminder and notice only; letters and cases have words of their own."""
    if step == Step.REMINDER:
        text = _("{title}: {amount}, due on {day}.")
    else:
        text = _("{title}: {amount} was due on {day}. If something has come up, talk to us.")
    return text.format(title=title, amount=amount, day=_day(due_on))[:300]


def whatsapp(step: Step | None, *, name: str, title: str, amount: str, due_on: datetime.date) -> str:
    """The words that are typed in when an officer opens WhatsApp; they can be changed before sending."""
    texts = {
        Step.REMINDER: _(
            "Good day {name}. {title}, {amount}, is due on {day}. You can bring it to the treasurer or to the meeting "
            "on the 12th. Thank you."
        ),
        Step.NOTICE: _(
            "Good day {name}. A reminder from KOKKMAS: {title}, {amount}, was due on {day}. If something has come up, "
            "tell us; together we find a way. Thank you."
        ),
        Step.CASE: _(
            "Good day {name}. About {title}, {amount}, due since {day}: the board would like to sit together with you. "
            "When does it suit you? Thank you."
        ),
    }
    letter = _(
        "Good day {name}. KOKKMAS has a letter for you about {title}, {amount}, due since {day}. It can be read in the "
        "application or fetched from the secretary. Let us talk about it. Thank you."
    )
    text = texts.get(step or Step.REMINDER, letter)
    return text.format(name=name, title=title, amount=amount, day=_day(due_on))


def letter(number: int, *, title: str, amount: str, due_on: datetime.date, between: int, case: int) -> list[str]:
    """The paragraphs of letter 1, 2 or 3."""
    facts = {
        "title": title,
        "amount": amount,
        "day": _day(due_on),
        "between": between,
        "case": case,
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
    return [text.format(**facts) for text in [*texts[number], closing]]
