"""Telling people, at no cost: an inbox in the application, e-mail where it is configured, a WhatsApp link."""

import logging
import smtplib
from collections.abc import Iterable
from functools import partial
from urllib.parse import quote

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.utils.translation import gettext as _

from core import dates
from core.models import Notice, Topic, User

log = logging.getLogger(__name__)

BATCH = 1000


def tell(to: User | None, text: str, *, url: str = "") -> Notice | None:
    """Put a message into somebody's inbox; nobody to tell (a member without a login) is no error."""
    if to is None:
        return None
    [notice] = tell_all([(to, text, url)])
    return notice


def tell_all(messages: Iterable[tuple[User | None, str, str]], *, topic: Topic = Topic.OWN) -> list[Notice]:
    """Put (person, text, url) messages into many inboxes at once.

    Who has an e-mail address, and has not chosen to have no e-mail about this topic, is written to as well.
    """
    at = dates.now()
    notices = Notice.objects.bulk_create(
        (Notice(to=to, at=at, text=text[:300], url=url) for to, text, url in messages if to), batch_size=BATCH
    )
    wanted = [notice for notice in notices if notice.to.email and topic not in notice.to.topics_not_mailed]
    if settings.MAIL_IS_ON and wanted:
        send([_letter(notice) for notice in wanted])
    return notices


def _letter(notice: Notice) -> mail.EmailMessage:
    lines = [notice.text]
    if settings.SITE_URL and notice.url:
        lines.append(settings.SITE_URL.rstrip("/") + notice.url)
    return letter(notice.to.email, subject=_("News from KOKKMAS"), lines=lines)


def letter(to: str, *, subject: str, lines: list[str]) -> mail.EmailMessage:
    """An e-mail of the cooperative, signed with its name."""
    return mail.EmailMessage(subject=subject, body="\n\n".join([*lines, settings.COOPERATIVE_NAME]), to=[to])


def send(letters: list[mail.EmailMessage]) -> None:
    """Send them once all is written. A mail server that does not answer is logged; what was done stays done."""
    transaction.on_commit(partial(_send, letters), robust=True)


def _send(letters: list[mail.EmailMessage]) -> None:
    with mail.get_connection() as connection:
        for each in letters:
            try:
                connection.send_messages([each])
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException):
                # One address that is not taken keeps nobody else's letter back. The log does not name it.
                log.exception("the mail server refused an e-mail")


def read(notice: Notice) -> None:
    if notice.read_at is None:
        notice.read_at = dates.now()
        notice.save(update_fields=["read_at"])


def whatsapp(phone, text: str) -> str:
    """The wa.me link that opens WhatsApp with `text` typed in; `phone` is a PhoneNumber, "" lets people choose."""
    number = str(phone.as_e164).lstrip("+") if phone else ""
    return f"https://wa.me/{number}?text={quote(text)}"
