from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.permissions import Permission


class GovernanceConfig(AppConfig):
    name = "governance"
    verbose_name = _("Governance")
    hooks = {
        "agenda.governance": "governance.hooks.for_the_agenda",
        "takes_effect.election": "governance.services.office.decided",
        "takes_effect.removal": "governance.services.office.removed",
        "takes_effect.rules": "governance.services.proposal.decided",
        "takes_effect.dues": "governance.services.proposal.decided",
        "takes_effect.sanction": "governance.services.case.decided",
        "personal_data.cases": "governance.hooks.cases",
        "personal_data.meetings": "governance.hooks.meetings",
        "personal_data.letters": "governance.hooks.letters",
        "personal_data.reminders": "governance.hooks.reminders",
    }
    audit_sentences = {
        "meeting.held": _("{by} recorded the meeting: {subject}"),
        "meeting.attended": _("{by} recorded the attendance: {count} members"),
        "meeting.minuted": _("{by} wrote the minutes of {subject}, version {number}"),
        "meeting.planned": _("{by} planned the meeting: {subject}"),
        "meeting.moved": _("{by} moved the meeting of {before} to {on}, by decision {decision}"),
        "meeting.cancelled": _("{by} called off the meeting: {reason}"),
        "meeting.invited": _("{by} invited {count} members: {subject}"),
        "meeting.opened": _("{by} opened the meeting: {subject}"),
        "meeting.failed": _("{by} found no quorum: {present} of {entitled} members"),
        "meeting.closed": _("{by} closed the meeting: {subject}; {present} members were present"),
        "meeting.shared_phone": _("{by} checked in on a phone that had checked in another member"),
        "meeting.shared_phone_answered": _("{by} looked whether {member} is in the room"),
        "minutes.approved": _("The minutes of {subject} were approved: {decision}"),
        "minutes.signed": _("{by} signed the minutes of {subject}"),
        "minutes.locked": _("The minutes of {subject} are signed by both and locked"),
        "invitation.declined": _("{member} cannot come to {subject}"),
        "invitation.accepted": _("{member} comes to {subject} after all"),
        "agenda.filled": _("{by} put {count} items that wait on the agenda of {subject}"),
        "agenda.added": _("{by} put an item on the agenda: {subject}"),
        "agenda.ordered": _("{by} ordered the agenda of {subject}"),
        "agenda.withdrawn": _("{by} withdrew the item {subject}: {reason}"),
        "agenda.noted": _("{by} noted that {subject} was talked about"),
        "agenda.candidates": _("{by} named the candidates of {subject}: {names}"),
        "agenda.in_effect": _("{by} put {subject} in effect from {start}, by decision {decision}"),
        "vote.started": _("{by} opened the vote on {subject}"),
        "vote.counted": _("{by} counted the votes on {subject}: {outcome}"),
        "demand.begun": _("{by} demands an extraordinary meeting: {subject}"),
        "demand.supported": _("{by} supports the demand {subject}"),
        "decision.recorded": _("{by} recorded decision {subject}"),
        "announcement.made": _("{by} announced: {subject}"),
        "announcement.sent": _("{by} sent the announcement {subject} over WhatsApp"),
        "suggestion.made": _("{by} wrote to the board"),
        "suggestion.answered": _("{by} answered {subject}"),
        "resolution.proposed": _("{by} asked the board between meetings: {subject}"),
        "resolution.answered": _("{by} answered: {subject}"),
        "resolution.ended": _("The board has answered: {subject}, {outcome}"),
        "statute.recorded": _("{by} began the statute {subject}"),
        "article.proposed": _("{by} proposed a text: {subject}"),
        "article.withdrawn": _("{by} withdrew the proposed text: {subject}"),
        "article.put_in_force": _("{by} put {subject} in force, by decision {decided_in}"),
        "office.elected": _("{by} recorded the election of {subject} until {ends_on}"),
        "office.confirmed": _("{by} confirmed the election of {subject}"),
        "user.role_given": _("{by} gave the login of {subject} the role {role}, until {until}"),
        "user.role_taken_back": _("{by} ended the office of {subject}; the login is a member's again"),
        "office.ended": _("{by} ended the term of {subject} on {on}"),
        "rules.put_in_force": _("{by} put new {rules} in force: {subject}, by decision {decided_in}"),
        "proposal.recorded": _("{by} proposed new {rules}"),
        "proposal.rejected": _("{by} rejected the proposal: {reason}"),
        "proposal.withdrawn": _("{by} withdrew the proposal"),
        "case.opened": _("{by} opened case {subject}"),
        "case.talk": _("{by} recorded a conversation in case {subject}"),
        "case.agreement": _("{by} recorded an agreement in case {subject}, to be kept by {due_on}"),
        "case.answer": _("{by} answered in case {subject}"),
        "case.agenda": _("{by} put case {subject} on the agenda of {due_on}"),
        "case.decision": _("{by} recorded what was decided in case {subject}: {decision}"),
        "case.sanction": _("{by} put a sanction in force in case {subject}, by decision {decision}"),
        "case.settled": _("{by} noted in case {subject} that the debt is settled"),
        "case.restored": _("{by} restored the member of case {subject}"),
        "case.closed": _("{by} closed case {subject} without consequence"),
        "letter.signed": _("{by} signed letter {subject}"),
        "letter.delivered": _("{by} recorded that letter {subject} was handed over on {delivered_on}"),
        "letter.answered": _("{by} answered letter {subject}"),
    }
    audit_guarded = {
        "case.": Permission.CASE_LIST,
        "letter.": Permission.CASE_LIST,
        "resolution.": Permission.CASE_LIST,
        "suggestion.": Permission.SUGGESTION_ANSWER,
    }
    """Nothing about a case or a letter is shown to others, the trail not excepted."""
    audit_withheld = ["governance.queries.case.withheld_from"]
    """Nor does an officer read in the trail who brought up a case about themselves (decision 8)."""
