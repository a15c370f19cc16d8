"""The minutes on paper: who was there, what was decided with which votes, what was said, and who signs."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.dates import long_date
from core.documents import pdf
from core.http import download
from governance import queries
from governance.models import AgendaItem, Meeting


def outcome(item: AgendaItem) -> str:
    """What came of an item, in words."""
    said = str(item.get_state_display())
    if item.is_counted and item.how == AgendaItem.How.CONSENSUS:
        said += f", {item.get_how_display()}"
    elif item.is_counted:
        said += _(": {in_favour} in favour, {against} against, {abstained} abstained, {present} present").format(
            in_favour=item.in_favour, against=item.against, abstained=item.abstained, present=item.present
        )
    if item.is_election and item.is_counted:
        said += ". " + "; ".join(
            f"{row.member.name} {row.votes}{' ✓' if row.is_elected else ''}" for row in item.candidates.all()
        )
    if item.decision:
        said += f" ({item.decision.number})"
    return said + (f". {item.note}" if item.note else "")


def minutes_facts(meeting: Meeting) -> dict:
    last = meeting.minutes.first()
    came = list(meeting.attendances.counted().select_related("member").order_by("member__name"))
    signed = [
        (_("Chair"), meeting.chair_signed_by, meeting.chair_signed_on),
        (_("Secretary"), meeting.secretary_signed_by, meeting.secretary_signed_on),
    ]
    return {
        "on": meeting.on,
        "title": _("Minutes of the {meeting}").format(meeting=meeting),
        "facts": [
            [_("Day"), date_format(meeting.on, "l, j F Y")],
            [_("Place"), meeting.place],
            [
                _("Present"),
                _("{present} of {entitled} members").format(present=len(came), entitled=queries.entitled(meeting)),
            ],
            [_("State"), meeting.get_state_display()],
        ],
        "labels": {"agenda": _("Agenda and decisions"), "text": _("Minutes"), "present": _("Present")},
        "items": [[item.title, item.text, outcome(item)] for item in queries.agenda_of(meeting)],
        "paragraphs": [part for part in (last.text if last else _("Not written yet.")).splitlines() if part.strip()],
        "present": ", ".join(row.member.name for row in came) or "–",
        "signatures": [
            {"office": f"{office}{', ' + long_date(on) if on else ''}", "name": by.name if by else ""}
            for office, by, on in signed
        ],
    }


def minutes_response(meeting: Meeting):
    return download(pdf("governance/meeting/minutes.typ", minutes_facts(meeting)), f"notulen-{meeting.on}.pdf")
