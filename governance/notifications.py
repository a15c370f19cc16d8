"""The words of the ladder in the inbox and over WhatsApp. Friendly throughout: a member in arrears is a neighbour."""

import datetime

from django.utils.translation import gettext as _

from core.dates import long_date
from governance.ladder import Step


def inbox_text(step: Step, *, title: str, amount: str, due_on: datetime.date) -> str:
    """Short: it stands in a list. Reminder and notice only; letters and cases have words of their own."""
    if step == Step.REMINDER:
        text = _("{title}: {amount}, due on {day}.")
    else:
        text = _("{title}: {amount} was due on {day}. If something has come up, talk to us.")
    return text.format(title=title, amount=amount, day=long_date(due_on))[:300]


def whatsapp_text(step: Step | None, *, name: str, title: str, amount: str, due_on: datetime.date) -> str:
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
    return text.format(name=name, title=title, amount=amount, day=long_date(due_on))
