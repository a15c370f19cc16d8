"""What the database refuses about a meeting: a step out of turn, a vote by somebody who is not there, minutes that

change after they were approved. The services say it in a sentence first; this is for writing around them.
"""

import pgtrigger

from core.models import REFUSE


def _refuse(message, name):
    return REFUSE.format(message=message, name=name)


MEETING_STEPS = pgtrigger.Trigger(
    name="steps",
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    func=f"""
    IF TG_OP = 'DELETE' THEN
        {_refuse("a meeting is never deleted", "governance_meeting_never_deleted")}
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state NOT IN ('planned', 'closed') THEN
            {_refuse("a meeting is planned, or recorded when it is over", "governance_meeting_steps")}
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('planned', 'invited'), ('planned', 'cancelled'), ('invited', 'cancelled'), ('invited', 'open'),
        ('open', 'closed'), ('open', 'failed'), ('closed', 'approved'), ('approved', 'locked')
    ) THEN
        {_refuse("a meeting goes one step after the other", "governance_meeting_steps")}
    END IF;
    IF OLD.state IN ('locked', 'failed', 'cancelled') THEN
        {_refuse("this meeting is over", "governance_meeting_over")}
    END IF;
    IF OLD.state NOT IN ('planned', 'invited')
       AND (NEW."on", NEW.kind, NEW.second_of_id) IS DISTINCT FROM (OLD."on", OLD.kind, OLD.second_of_id) THEN
        {_refuse("a meeting that began is not moved", "governance_meeting_began")}
    END IF;
    IF NEW.state = 'open' AND OLD.state = 'invited'
       AND NOT EXISTS (SELECT FROM governance_invitation WHERE meeting_id = NEW.id) THEN
        {_refuse("nobody was invited", "governance_meeting_invited_first")}
    END IF;
    IF OLD.state = 'open' AND NEW.state <> 'open' AND EXISTS (
        SELECT FROM governance_agendaitem WHERE meeting_id = NEW.id AND state = 'voting'
    ) THEN
        {_refuse("a vote is running", "governance_meeting_votes_counted")}
    END IF;
    IF NEW.state = 'approved' AND OLD.state = 'closed' AND NOT EXISTS (
        SELECT FROM governance_agendaitem AS item JOIN governance_meeting AS later ON later.id = item.meeting_id
        WHERE item.kind = 'meeting' AND item.detail = 'minutes' AND item.state = 'passed'
            AND item.subject_type = 'governance.meeting' AND item.subject_id = NEW.id
            AND later.id <> NEW.id AND later."on" >= NEW."on" AND later.state IN ('closed', 'approved', 'locked')
    ) THEN
        {_refuse("a later meeting approves the minutes", "governance_meeting_minutes_approved")}
    END IF;
    IF NEW.state = 'approved' AND NOT EXISTS (SELECT FROM governance_minutes WHERE meeting_id = NEW.id) THEN
        {_refuse("there are no minutes", "governance_meeting_has_minutes")}
    END IF;
    IF (NEW.chair_signed_by_id IS NOT NULL OR NEW.secretary_signed_by_id IS NOT NULL)
       AND NEW.state NOT IN ('approved', 'locked') THEN
        {_refuse("approved minutes are signed", "governance_meeting_signed_when_approved")}
    END IF;
    IF NEW.state = 'locked' AND (NEW.chair_signed_by_id IS NULL OR NEW.secretary_signed_by_id IS NULL) THEN
        {_refuse("two sign the minutes", "governance_meeting_locked_by_two")}
    END IF;
    RETURN NEW;
    """,
)

ATTENDED_BY_A_MEMBER = pgtrigger.Trigger(
    name="by_a_member",
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    declare=[("held", "record"), ("who", "record")],
    func=f"""
    -- Locked against closing and approving at the same moment; attendance itself does not wait for attendance.
    SELECT * INTO held FROM governance_meeting
    WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.meeting_id ELSE NEW.meeting_id END FOR SHARE;
    IF held.state NOT IN ('open', 'closed') THEN
        {_refuse("attendance is taken while the meeting is open", "governance_attendance_while_open")}
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    SELECT * INTO who FROM members_member WHERE id = NEW.member_id;
    IF who.entered_on IS NULL OR who.entered_on > held."on"
       OR (who.left_on IS NOT NULL AND who.left_on <= held."on") THEN
        {_refuse("whoever left or died is not present", "governance_attendance_of_a_member")}
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.meeting_id, NEW.member_id) IS DISTINCT FROM (OLD.meeting_id, OLD.member_id) THEN
        {_refuse("attendance stays that of its member", "governance_attendance_stays")}
    END IF;
    RETURN NEW;
    """,
)

AGENDA_STEPS = pgtrigger.Trigger(
    name="steps",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    declare=[("held", "record")],
    func=f"""
    SELECT * INTO held FROM governance_meeting WHERE id = NEW.meeting_id FOR SHARE;
    IF TG_OP = 'INSERT' THEN
        IF held.state NOT IN ('planned', 'invited', 'open') OR NEW.state <> 'waiting' THEN
            {_refuse("items are put on the agenda before they are voted on", "governance_agendaitem_in_time")}
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.meeting_id <> OLD.meeting_id THEN
        {_refuse("an item stays in its meeting", "governance_agendaitem_stays")}
    END IF;
    IF OLD.state <> 'waiting' AND (NEW.kind, NEW.subject_type, NEW.subject_id, NEW.detail, NEW.title, NEW.text)
            IS DISTINCT FROM (OLD.kind, OLD.subject_type, OLD.subject_id, OLD.detail, OLD.title, OLD.text) THEN
        {_refuse("what is voted on does not change", "governance_agendaitem_stays")}
    END IF;
    IF NEW.state <> OLD.state THEN
        IF OLD.state NOT IN ('waiting', 'voting') THEN
            {_refuse("the outcome of an item stays", "governance_agendaitem_outcome_stays")}
        END IF;
        IF NEW.state NOT IN ('withdrawn', 'postponed') AND held.state <> 'open' THEN
            {_refuse("votes are taken while the meeting is open", "governance_agendaitem_while_open")}
        END IF;
        IF held.state NOT IN ('planned', 'invited', 'open') THEN
            {_refuse("the meeting is over", "governance_agendaitem_while_open")}
        END IF;
    ELSIF OLD.state IN ('passed', 'rejected', 'tied') AND (NEW.how, NEW.in_favour, NEW.against, NEW.abstained,
            NEW.present, NEW.entitled) IS DISTINCT FROM
            (OLD.how, OLD.in_favour, OLD.against, OLD.abstained, OLD.present, OLD.entitled) THEN
        {_refuse("the count of an item stays", "governance_agendaitem_outcome_stays")}
    END IF;
    IF OLD.decision_id IS NOT NULL AND NEW.decision_id IS DISTINCT FROM OLD.decision_id THEN
        {_refuse("the decision stays", "governance_agendaitem_outcome_stays")}
    END IF;
    RETURN NEW;
    """,
)

CANDIDATES_BEFORE_THE_VOTE = pgtrigger.Trigger(
    name="before_the_vote",
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    when=pgtrigger.Before,
    declare=[("about", "record")],
    func=f"""
    SELECT * INTO about FROM governance_agendaitem
    WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.item_id ELSE NEW.item_id END FOR SHARE;
    IF TG_OP = 'UPDATE' THEN
        IF about.state NOT IN ('waiting', 'voting') OR NEW.item_id <> OLD.item_id OR NEW.member_id <> OLD.member_id THEN
            {_refuse("the votes of a candidate stay", "governance_candidate_before_the_vote")}
        END IF;
        RETURN NEW;
    END IF;
    IF about.state <> 'waiting' OR about.kind <> 'election' THEN
        {_refuse("candidates stand before the vote", "governance_candidate_before_the_vote")}
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    """,
)

VOTE_BY_SOMEBODY_PRESENT = pgtrigger.Trigger(
    name="by_somebody_present",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    declare=[("about", "record"), ("there", "record")],
    func=f"""
    -- Votes share the row of the item; whoever counts takes it alone, so a vote is counted or it is refused.
    SELECT * INTO about FROM governance_agendaitem WHERE id = NEW.item_id FOR SHARE;
    SELECT * INTO there FROM governance_attendance WHERE id = NEW.attendance_id FOR SHARE;
    IF about.state <> 'voting' OR about.how NOT IN ('open', 'secret') THEN
        {_refuse("this vote is not open", "governance_vote_while_open")}
    END IF;
    IF there.meeting_id <> about.meeting_id OR there.asked THEN
        {_refuse("only who is present votes", "governance_vote_by_somebody_present")}
    END IF;
    IF about.how = 'secret' AND (NEW.choice <> '' OR NEW.candidate_id IS NOT NULL) THEN
        {_refuse("a secret vote names no choice", "governance_vote_secret")}
    END IF;
    IF about.how = 'open' AND (NEW.choice = ''
            OR (about.kind = 'election' AND NEW.choice = 'for') <> (NEW.candidate_id IS NOT NULL)) THEN
        {_refuse("an open vote says what it is", "governance_vote_says_what")}
    END IF;
    IF NEW.candidate_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM governance_candidate WHERE id = NEW.candidate_id AND item_id = NEW.item_id) THEN
        {_refuse("a candidate of another election", "governance_vote_says_what")}
    END IF;
    RETURN NEW;
    """,
)

MINUTES_BEFORE_APPROVAL = pgtrigger.Trigger(
    name="before_approval",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func=f"""
    -- Approving takes the row of the meeting alone.
    PERFORM FROM governance_meeting WHERE id = NEW.meeting_id AND state IN ('open', 'closed') FOR SHARE;
    IF NOT FOUND THEN
        {_refuse("approved minutes stay", "governance_minutes_before_approval")}
    END IF;
    RETURN NEW;
    """,
)
