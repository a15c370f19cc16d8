"""Decisions, elections, and rules that start on a day because somebody decided them."""

import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core import audit
from core.dates import add_months
from core.models import User
from core.services import store
from core.uploads import Upload
from governance.models import Decision, LegalCeilings, Office, VersionedRules
from governance.refusals import GovernanceRefused
from governance.services.offices import ask_to_confirm, take_role_back
from members.models import Member


@transaction.atomic
def record_decision(
    *,
    number: str,
    organ: str,
    decided_on: datetime.date,
    title: str,
    text: str,
    by: User,
    paper: Upload | None = None,
) -> Decision:
    """Write down what an organ decided (UU 25/1992 art. 23), with the signed paper where there is one. It stays as

    written; every member may read it.
    """
    decision = Decision(
        number=number.strip(), organ=organ, decided_on=decided_on, title=title, text=text, recorded_by=by
    )
    if Decision.objects.filter(number__iexact=decision.number).exists():
        raise GovernanceRefused(
            _("The number {number} is taken by another decision. Look into the minutes again.").format(
                number=decision.number
            ),
            field="number",
        )
    if paper:
        decision.paper = store(paper, by=by)
    _save(decision)
    audit.record("decision.recorded", decision, by=by, organ=organ, decided_on=decided_on)
    return decision


@transaction.atomic
def elect(
    member: Member,
    *,
    role: str,
    started_on: datetime.date,
    ends_on: datetime.date,
    by: User,
    decided_in: Decision | None = None,
) -> Office:
    """Record that a member was elected for a term (UU 25/1992 art. 29: from the members, as long as the law allows).

    The role of the office follows once another officer has confirmed it (`governance.services.offices`).
    Raises GovernanceRefused for oneself, somebody who is no member then, a term too long, an office held already.
    """
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if member.user_id == by.pk:
        raise GovernanceRefused(_("Nobody gives themselves an office. Another officer records it."), field="member")
    if not member.belongs(on=started_on):
        raise GovernanceRefused(
            _("{name} is not a member on that day. Officers are elected from the members (UU 25/1992 art. 29).").format(
                name=member.name
            ),
            field="member",
        )
    law = LegalCeilings.at(started_on)
    if ends_on > add_months(started_on, law.office_years * 12):
        raise GovernanceRefused(
            _("A term lasts {years} years at most ({article}). Choose an earlier last day.").format(
                years=law.office_years, article=law.office_article
            ),
            field="ends_on",
        )
    office = Office(member=member, role=role, started_on=started_on, ends_on=ends_on, decided_in=decided_in)
    office.recorded_by = by
    _save(office)
    audit.record("office.elected", office, by=by, role=role, started_on=started_on, ends_on=ends_on)
    ask_to_confirm(office, by=by)
    return office


@transaction.atomic
def end_term(office: Office, *, on: datetime.date, by: User, as_of: datetime.date | None = None) -> Office:
    """End a term before its time: the holder resigned, died or was dismissed. `on` is the day of handing over.

    Where that day has come by `as_of`, the login is a member's again at once; else on the morning of the day.
    """
    office = Office.objects.select_for_update(no_key=True, of=["self"]).select_related("member").get(pk=office.pk)
    if not office.started_on < on < office.ends_on:
        raise GovernanceRefused(
            _("The term runs from {first} to {last}. Choose a day in between.").format(
                first=date_format(office.started_on, "j F Y"), last=date_format(office.ends_on, "j F Y")
            ),
            field="on",
        )
    office.ends_on = on
    office.save(update_fields=["ends_on"])
    audit.record("office.ended", office, by=by, on=on)
    if as_of and on <= as_of and office.role_given_on:
        take_role_back(office, on=as_of, by=by)
    return office


@transaction.atomic
def put_in_force(
    kind: type[VersionedRules],
    *,
    in_force_from: datetime.date,
    decided_in: Decision,
    on: datetime.date,
    by: User,
    **values,
) -> VersionedRules:
    """Let a new version of the rules `kind` start on a day, by the decision behind it. Parts come as lists of their

    values under the name of their relation: `tiers=[{"from_months": 12, "most_amount": 5_000_000}]`.

    Raises GovernanceRefused where it would start before `on` or before its decision, where a version starts on that
    day already, or where a ceiling of the law is exceeded, with its article.
    """
    if in_force_from < on:
        raise GovernanceRefused(
            _("Rules cannot start in the past. Choose {today} or a later day.").format(today=date_format(on, "j F Y")),
            field="in_force_from",
        )
    if in_force_from < decided_in.decided_on:
        raise GovernanceRefused(
            _("The decision was taken on {day}. Rules start on that day or later.").format(
                day=date_format(decided_in.decided_on, "j F Y")
            ),
            field="in_force_from",
        )
    parts = {part.related_name: values.pop(part.related_name, None) or [] for part in kind.parts()}
    rules = kind(in_force_from=in_force_from, decided_in=decided_in, **values)
    same_day = kind.objects.filter(in_force_from=in_force_from, **{name: getattr(rules, name) for name in kind.scope()})
    if same_day.exists():
        raise GovernanceRefused(
            _("Another version starts on {day} already. A version is never edited; choose another day.").format(
                day=date_format(in_force_from, "j F Y")
            ),
            field="in_force_from",
        )
    if beyond := rules.beyond_the_law(LegalCeilings.at(in_force_from)):
        field, sentence = beyond
        raise GovernanceRefused(sentence, field=field)
    _save(rules)
    for part in kind.parts():
        for each in parts[part.related_name]:
            _save(part.related_model(rules=rules, **each), field=part.related_name)
    said = {name: "; ".join(map(str, getattr(rules, name).all())) for name, rows in parts.items() if rows}
    facts = {"rules": str(kind._meta.verbose_name), "decided_in": decided_in, **_plain(values), **said}
    audit.record("rules.put_in_force", rules, by=by, **facts)
    return rules


def _save(row, *, field: str | None = None) -> None:
    """Check the row against its own fields and constraints, say what is wrong in their words, and write it.

    The refusal names the field of the row that is wrong, or `field` where a form shows the row as a whole.
    """
    try:
        row.full_clean()
        with transaction.atomic():
            row.save(force_insert=True)
    except ValidationError as error:
        name, sentences = next(iter(error.message_dict.items()))
        wrong = field or (None if name == "__all__" else name)
        raise GovernanceRefused(" ".join(sentences), field=wrong) from error
    except IntegrityError as error:  # somebody else was faster by a moment
        raise GovernanceRefused(_("Somebody else has just written the same. Look at the list first.")) from error


def _plain(values: dict) -> dict:
    return {name: str(value) if not isinstance(value, int | str | None) else value for name, value in values.items()}
