"""Proposing new rules, withdrawing or rejecting a proposal, and putting it in force once it is decided."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core import audit
from core.dates import long_date
from core.models import User
from governance.errors import GovernanceRefused
from governance.models import Decision, LegalCeilings, RulesProposal, VersionedRules
from governance.queries.proposal import drafted, to_store, values_of
from governance.services.announcement import tell_members
from governance.services.rows import check
from governance.services.rules import put_in_force


@transaction.atomic
def propose(kind: type[VersionedRules], *, reason: str, on: datetime.date, by: User, **values) -> RulesProposal:
    """Propose new values for some rules, for everybody to read and compare. Nothing changes yet.

    Raises GovernanceRefused for values that could never be put in force: outside their ranges, beyond the law.
    """
    if not reason.strip():
        raise GovernanceRefused(_("Give the reason: the members will read it."), field="reason")
    rules = drafted(kind, values)
    check(rules, apart={"in_force_from", "decided_in"})
    for name, rows in rules.drafted_parts.items():
        for row in rows:
            check(row, apart={"rules"}, field=name)
    if beyond := rules.beyond_the_law(LegalCeilings.objects.current(on)):
        field, sentence = beyond
        raise GovernanceRefused(sentence, field=field)
    proposal = RulesProposal.objects.create(
        kind=kind._meta.label_lower,
        values=to_store(kind, values),
        reason=reason.strip(),
        proposed_on=on,
        proposed_by=by,
    )
    audit.record("proposal.recorded", proposal, by=by, rules=str(kind._meta.verbose_name))
    return proposal


@transaction.atomic
def withdraw_proposal(proposal: RulesProposal, *, on: datetime.date, by: User) -> RulesProposal:
    """Withdraw a proposal; it stays readable."""
    proposal = _locked_open(proposal)
    proposal.withdrawn_on = on
    proposal.save(update_fields=["withdrawn_on"])
    audit.record("proposal.withdrawn", proposal, by=by)
    return proposal


@transaction.atomic
def reject_proposal(proposal: RulesProposal, *, reason: str, on: datetime.date, by: User) -> RulesProposal:
    """Reject a proposal that was not agreed to, with the reason for everybody to read. It stays readable."""
    proposal = _locked_open(proposal)
    if not reason.strip():
        raise GovernanceRefused(_("Give the reason: the members will read it."), field="reason")
    proposal.rejected_on, proposal.rejection = on, reason.strip()
    proposal.save(update_fields=["rejected_on", "rejection"])
    audit.record("proposal.rejected", proposal, by=by, reason=proposal.rejection)
    return proposal


@transaction.atomic
def put_proposal_in_force(
    proposal: RulesProposal, *, in_force_from: datetime.date, decided_in: Decision, on: datetime.date, by: User
) -> VersionedRules:
    """Let a proposal start on a day by the decision behind it, exactly as it was read. Refuses as `put_in_force`."""
    proposal = _locked_open(proposal)
    kind, values = values_of(proposal)
    if proposal.proposed_by_id == by.pk:
        raise GovernanceRefused(_("You proposed these rules. Another officer puts them in force."))
    facts = {"in_force_from": in_force_from, "decided_in": decided_in, "proposal": proposal, "on": on, "by": by}
    version = put_in_force(kind, **facts, **values)
    proposal.decided_on, proposal.put_in_force_by, proposal.version = on, by, version.pk
    proposal.save(update_fields=["decided_on", "put_in_force_by", "version"])
    text = _("New rules from {day}: {rules}. Read what changes.")
    words = {"day": long_date(in_force_from), "rules": kind._meta.verbose_name}
    title = capfirst(_("New {rules}").format(rules=kind._meta.verbose_name))
    url = reverse("governance:rules-history", args=[proposal.kind])
    tell_members(kind.topic, text.format(**words), title=title, url=url, on=on, by=by)
    return version


def decided(
    proposal: RulesProposal, *, decision: Decision, start: datetime.date, on: datetime.date, by: User
) -> VersionedRules:
    """The meeting passed the proposal: by one click, from its day."""
    return put_proposal_in_force(proposal, in_force_from=start, decided_in=decision, on=on, by=by)


def _locked_open(proposal: RulesProposal) -> RulesProposal:
    proposal = RulesProposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
    if not proposal.is_open:
        raise GovernanceRefused(_("This proposal has ended already. Open it again to see how."))
    return proposal
