"""Telling people, at no cost: an inbox in the application and a WhatsApp link with the words filled in."""

from collections.abc import Iterable
from urllib.parse import quote

from core import dates
from core.models import Notice, User


def tell(to: User | None, text: str, *, url: str = "") -> Notice | None:
    """Put a message into somebody's inbox; nobody to tell (a member without a login) is no error."""
    if to is None:
        return None
    return Notice.objects.create(to=to, at=dates.now(), text=text, url=url)


def tell_all(messages: Iterable[tuple[User | None, str, str]]) -> None:
    """Put (person, text, url) messages into many inboxes in one statement."""
    at = dates.now()
    Notice.objects.bulk_create(Notice(to=to, at=at, text=text, url=url) for to, text, url in messages if to)


def read(notice: Notice) -> None:
    if notice.read_at is None:
        notice.read_at = dates.now()
        notice.save(update_fields=["read_at"])


def whatsapp(phone, text: str) -> str:
    """The wa.me link that opens WhatsApp with `text` typed in; `phone` is a PhoneNumber, "" lets people choose."""
    number = str(phone.as_e164).lstrip("+") if phone else ""
    return f"https://wa.me/{number}?text={quote(text)}"
