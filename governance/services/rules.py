"""Putting a new version of some rules in force, by the decision behind it."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.dates import long_date
from core.models import User
from governance.errors import GovernanceRefused
from governance.models import Decision, LegalCeilings, RulesProposal, VersionedRules
from governance.services.decision import require
from governance.services.rows import save


@transaction.atomic
def put_in_force(
    kind: type[VersionedRules],
    *,
    in_force_from: datetime.date,
    decided_in: Decision,
    on: datetime.date,
    by: User,
    proposal: RulesProposal | None = None,
    **values,
) -> VersionedRules:
    """Let a new version of the rules `kind` start on a day, by the decision behind it. Parts come as lists of their

    values under the name of their relation: `tiers=[{"from_months": 12, "most_amount": 5_000_000}]`.

    `proposal` is the one that is put in force: the decision may name it, or the rules as a whole.
    Raises GovernanceRefused where it would start before `on` or before its decision, where the decision is about other
    rules, where a version starts on that
    day already, or where a ceiling of the law is exceeded, with its article.
    """
    if in_force_from < on:
        raise GovernanceRefused(
            _("Rules cannot start in the past. Choose {today} or a later day.").format(today=long_date(on)),
            field="in_force_from",
        )
    if in_force_from < decided_in.decided_on:
        raise GovernanceRefused(
            _("The decision was taken on {day}. Rules start on that day or later.").format(
                day=long_date(decided_in.decided_on)
            ),
            field="in_force_from",
        )
    _require(decided_in, kind, proposal, on)
    parts = {part.related_name: values.pop(part.related_name, None) or [] for part in kind.parts()}
    rules = kind(in_force_from=in_force_from, decided_in=decided_in, **values)
    same_day = kind.objects.filter(in_force_from=in_force_from, **{name: getattr(rules, name) for name in kind.scope()})
    if same_day.exists():
        raise GovernanceRefused(
            _("Another version starts on {day} already. A version is never edited; choose another day.").format(
                day=long_date(in_force_from)
            ),
            field="in_force_from",
        )
    if beyond := rules.beyond_the_law(LegalCeilings.objects.current(in_force_from)):
        field, sentence = beyond
        raise GovernanceRefused(sentence, field=field)
    save(rules)
    for part in kind.parts():
        for each in parts[part.related_name]:
            save(part.related_model(rules=rules, **each), field=part.related_name)
    said = {name: "; ".join(map(str, getattr(rules, name).all())) for name, rows in parts.items() if rows}
    facts = {"rules": str(kind._meta.verbose_name), "decided_in": decided_in, **_plain(values), **said}
    audit.record("rules.put_in_force", rules, by=by, **facts)
    return rules


def _require(decided_in: Decision, kind: type[VersionedRules], proposal: RulesProposal | None, on) -> None:
    if kind.by_law != (decided_in.source == Decision.Source.LAW):
        sentence = (
            _("These rules are set by a law or regulation. Choose that one.")
            if kind.by_law
            else _("A law does not set the rules of the cooperative. Choose the decision of the members or the board.")
        )
        raise GovernanceRefused(sentence, field="decided_in")
    subject = proposal if proposal is not None and decided_in.is_about(proposal) else kind
    require(decided_in, kind=kind.kind_of_act, subject=subject, on=on, field="decided_in")


def _plain(values: dict) -> dict:
    return {name: str(value) if not isinstance(value, int | str | None) else value for name, value in values.items()}
