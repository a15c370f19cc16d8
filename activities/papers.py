"""The collection sheet on paper: what every member owes at a meeting, with room for what is handed over; its count."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.models import CollectionCount
from activities.queries import SheetRow
from core.documents import in_its_language, pdf
from core.http import download
from governance.models import Meeting
from treasury.papers import count_record


def collection_response(meeting: Meeting, rows: list[SheetRow]):
    return download(
        pdf("activities/collection/sheet.typ", collection_facts(meeting, rows)), f"setoran-{meeting.on}.pdf"
    )


def collection_facts(meeting: Meeting, rows: list[SheetRow]) -> dict:
    lines = [
        [
            str(row.number),
            row.name,
            row.mandatory or None,
            (row.dues and row.dues.owed) or None,
            sum(loan.due for loan in row.loans) or None,
        ]
        for row in rows
    ]
    return {
        "on": meeting.on,
        "title": _("Collection sheet {day}").format(day=date_format(meeting.on, "j F Y")),
        "due": [_("No."), _("Name"), _("Mandatory"), _("Dues"), _("Instalments")],
        "paid": [_("Mandatory"), _("Dues"), _("Instalments"), _("Voluntary"), _("Initials")],
        "headings": [_("Due"), _("Received")],
        "rows": lines,
        "total": ["", _("Sum"), *(sum(line[index] or 0 for line in lines) for index in (2, 3, 4))],
        "note": _("Instalments include penalties until this day."),
    }


@in_its_language
def collection_count(found: CollectionCount) -> bytes:
    """The record of the evening's count (berita acara), to be signed by who counted and who counted along."""
    on = found.meeting.on
    lead = _("At the meeting of {day} the cash that members handed over was counted in the presence of those who sign.")
    against = (_("Received in cash"), found.expected)
    return count_record(found, on=on, lead=lead.format(day=date_format(on, "j F Y")), against=against)
