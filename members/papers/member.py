"""What leaves the register: its workbook and paper, a person's own data, the news sent to them.

Nothing here writes, and only `everything_about` reads the database.
"""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit
from core.dates import long_date
from core.workbook import Column, Sheet
from members import personal_data, queries
from members.models import Member, SizeClass
from members.personal_data import plain


def register_row(member: Member, *, nik_in_full: bool, as_of: datetime.date) -> list:
    """One row of the workbook; `member` comes from `queries.with_workers`."""
    business = getattr(member, "business", None)
    return [
        member.number,
        member.name,
        (member.nik if nik_in_full else member.masked_nik) or "",
        member.born_on,
        _sex(member),
        str(member.phone or ""),
        member.address,
        member.rt,
        member.rw,
        business.name if business else "",
        business.product_names if business else "",
        member.workers,
        str(SizeClass.of(member.workers).label) if member.workers else "",
        str(queries.standing(member, as_of=as_of).label),
        member.applied_on,
        member.entered_on,
        member.left_on,
        member.get_leaving_reason_display() or member.refusal_reason,
    ]


def register_sheet(rows: list, *, on: datetime.date) -> Sheet:
    return Sheet(
        title=_("Members"),
        heading=_("Register of members"),
        lead=_("As at {day}").format(day=long_date(on)),
        columns=[
            Column(_("No."), "number", width=7, total=False),
            Column(_("Name")),
            Column(_("NIK"), width=20),
            Column(_("Date of birth"), "date"),
            Column(_("Sex"), width=11),
            Column(_("Telephone"), width=17),
            Column(_("Address"), width=30),
            Column(_("RT"), width=6),
            Column(_("RW"), width=6),
            Column(_("Business")),
            Column(_("Products")),
            Column(_("Workers"), "number", total=False),
            Column(_("Size of business"), width=20),
            Column(_("State"), width=18),
            Column(_("Applied on"), "date"),
            Column(_("Entered on"), "date"),
            Column(_("Left on"), "date"),
            Column(_("Reason"), width=22),
        ],
        rows=rows,
    )


def register_paper(members, *, on: datetime.date) -> dict:
    """The facts for templates/members/register.typ."""
    return {
        "on": on,
        "title": _("Register of members"),
        "lead": _("As at {day}").format(day=long_date(on)),
        "headings": [
            _("No."),
            _("Name"),
            _("NIK"),
            _("Born on"),
            _("Address"),
            _("Business and products"),
            _("Entered on"),
            _("Left on, reason"),
            _("Initials"),
        ],
        "rows": [_paper_row(member) for member in members],
        "officers": [_("Chair"), _("Secretary")],
        "empty": _("There are no members yet."),
    }


def _paper_row(member: Member) -> list[str]:
    business = getattr(member, "business", None)
    return [
        str(member.number),
        member.name,
        (member.nik and f"…{member.nik[-4:]}") or "",
        _short(member.born_on),
        place(member),
        f"{business.name}: {business.product_names}" if business else "",
        _short(member.entered_on),
        f"{_short(member.left_on)} {member.get_leaving_reason_display()}" if member.left_on else "",
        "",
    ]


def place(row) -> str:
    """`Keparakan Kidul MG I/1120, RT 054 / RW 013`."""
    neighbourhood = " / ".join(f"{word} {value}" for word, value in (("RT", row.rt), ("RW", row.rw)) if value)
    return ", ".join(part for part in (row.address, neighbourhood) if part)


def everything_about(member: Member) -> dict:
    """All the register and the rooms above hold about a person, with plain keys: UU 27/2022 gives everybody a copy."""
    business = getattr(member, "business", None)
    fields = [field for field in member._meta.fields if field.name not in ("id", "user", "decided_by", "version")]
    facts = plain(member, *(field.name for field in fields))
    facts["username"] = member.user.username if member.user else None
    facts["email"] = member.user.email if member.user else None
    facts["business"] = business and {
        "name": business.name,
        "address": business.address,
        "rt": business.rt,
        "rw": business.rw,
        "products": business.products,
        "other_products": business.other_products,
        "since_year": business.since_year,
        "skills": sorted(skill.name for skill in business.skills.all()),
        "worker_counts": [
            {"counted_on": count.counted_on.isoformat(), "family": count.family, "hired": count.hired}
            for count in business.worker_counts.order_by("counted_on")
        ],
    }
    facts["history"] = [
        {"at": event.at.isoformat(), "action": event.action, "by": event.by, "facts": event.facts}
        for event in audit.trail(member, reader=member.user)
    ]
    return facts | personal_data.about(member)


def news_for(member: Member) -> str:
    """What the secretary would write to somebody over WhatsApp, by where their application stands."""
    greeting = _("Hello {name}, this is the cooperative KOKKMAS.").format(name=member.name)
    if member.refused_on:
        news = _("We are sorry: your application was not accepted. Reason: {reason}").format(
            reason=member.refusal_reason
        )
    elif member.admitted_on and not member.entered_on:
        news = _("Your application is accepted. Please come to pay the principal and the first mandatory savings.")
    elif not member.entered_on:
        news = _("We have received your application. The board will answer it.")
    else:
        return greeting
    return f"{greeting} {news}"


def _sex(member: Member) -> str:
    return {True: _("Woman"), False: _("Man")}.get(member.is_woman, "")


def _short(day: datetime.date | None) -> str:
    return date_format(day, "d/m/y") if day else ""
