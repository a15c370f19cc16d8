"""What the database refuses across rows: a term longer than the law allows, somebody who decides on what they reported

or what concerns them, a step in a case that is closed. The services say it in a sentence first; this is for writing
around them.
"""

import pgtrigger

from core.models import REFUSE
from governance.acts import LEGAL_MINIMUM, ORGANS


def _refuse(message, name):
    return REFUSE.format(message=message, name=name)


def within_the_law(broken: str, *, ceiling: str, default: int, on: str, name: str, message: str) -> pgtrigger.Trigger:
    """Refuses a row that goes beyond a ceiling of the law in force on the day `on`.

    `broken` is the condition, in which {ceiling} stands for the column of LegalCeilings, or its default before the
    first version.
    """
    in_force = f"""coalesce((
        SELECT {ceiling} FROM governance_legalceilings
        WHERE in_force_from <= {on} ORDER BY in_force_from DESC LIMIT 1
    ), {default})"""
    return pgtrigger.Trigger(
        name="within_the_law",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        func=f"""
        IF ({broken.format(ceiling=in_force)}) THEN
            {_refuse(message, name)}
        END IF;
        RETURN NEW;
        """,
    )


TERM_WITHIN_THE_LAW = within_the_law(
    "NEW.ends_on > (NEW.started_on + make_interval(years => {ceiling}::int))",
    ceiling="office_years",
    default=5,
    on="NEW.started_on",
    name="governance_office_term_within_the_law",
    message="a term is longer than the law allows",
)

OFFICE_FROM_OTHERS = pgtrigger.Trigger(
    name="office_from_others",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func=f"""
    -- An end of the term is always written: the login may have been linked to the member after the election.
    IF (TG_OP = 'INSERT' OR (NEW.member_id, NEW.recorded_by_id, NEW.confirmed_by_id, NEW.role_given_on)
            IS DISTINCT FROM (OLD.member_id, OLD.recorded_by_id, OLD.confirmed_by_id, OLD.role_given_on))
       AND EXISTS (
        SELECT FROM members_member
        WHERE id = NEW.member_id AND user_id IN (NEW.recorded_by_id, NEW.confirmed_by_id)
    ) THEN
        {_refuse("nobody gives themselves an office", "governance_office_from_others")}
    END IF;
    RETURN NEW;
    """,
)

STEP_BY_THE_RIGHT_PERSON = pgtrigger.Trigger(
    name="right_person",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    declare=[("broken", "record"), ("concerned", "bigint"), ("reporter", "bigint")],
    func=f"""
    -- The lock makes whoever adds a step at the same moment wait, so a closed case stays closed.
    SELECT * INTO broken FROM governance_case WHERE id = NEW.case_id FOR NO KEY UPDATE;
    SELECT user_id INTO concerned FROM members_member WHERE id = broken.member_id;
    SELECT user_id INTO reporter FROM members_member WHERE id = broken.reporter_id;

    IF EXISTS (
        SELECT FROM governance_casestep WHERE case_id = NEW.case_id AND kind IN ('restored', 'closed')
    ) THEN
        {_refuse("this case is closed", "governance_casestep_case_is_open")}
    END IF;
    IF NEW."on" < broken.opened_on THEN
        {_refuse("a step follows the opening", "governance_casestep_after_opening")}
    END IF;
    IF NEW.kind = 'answer' AND NEW.by_id IS DISTINCT FROM concerned THEN
        {_refuse("only the member concerned answers", "governance_casestep_own_answer")}
    END IF;
    IF NEW.kind <> 'answer' AND NEW.by_id = concerned THEN
        {_refuse("nobody acts in their own case", "governance_casestep_somebody_else")}
    END IF;
    IF NEW.kind = 'sanction' AND NOT EXISTS (
        SELECT FROM governance_casestep
        WHERE case_id = NEW.case_id AND kind IN ('talk', 'agreement', 'agenda', 'decision') AND by_id <> NEW.by_id
        UNION ALL
        SELECT FROM governance_decision WHERE id = NEW.decision_id AND recorded_by_id <> NEW.by_id
    ) THEN
        {_refuse("a case is not led by one hand", "governance_casestep_second_officer")}
    END IF;
    IF NEW.kind IN ('decision', 'sanction', 'restored', 'closed') AND NEW.by_id IN (broken.opened_by_id, reporter) THEN
        {_refuse("whoever reported does not decide", "governance_casestep_decider_is_not_reporter")}
    END IF;
    RETURN NEW;
    """,
)

LETTER_BY_SOMEBODY_ELSE = pgtrigger.Trigger(
    name="somebody_else",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func=f"""
    IF EXISTS (
        SELECT FROM members_member
        WHERE id = NEW.member_id AND user_id IN (NEW.issued_by_id, NEW.delivery_recorded_by_id)
    ) THEN
        {_refuse("nobody signs a letter to themselves", "governance_letter_somebody_else")}
    END IF;
    RETURN NEW;
    """,
)


# -- decisions -------------------------------------------------------------------------------------------------------

UNREVOKED = """NOT EXISTS (
            SELECT FROM governance_decision later WHERE later.revokes_id = decision.id AND later.decided_on <= {on}
        )"""


def by_decision(
    field: str, *, kind: str, subject: str, key: str, on: str, table: str, detail: str = "decision.detail = ''"
) -> pgtrigger.Trigger:
    """Refuses a row whose decision is about something else, later than the day `on`, or revoked by then.

    `field` names the decision; `key` is the SQL of the thing's key, `subject` its label. The service asks
    `governance.services.decision.require` first and says it in a sentence.
    """
    return pgtrigger.Trigger(
        name="by_its_decision",
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(f"{field}_id"),
        when=pgtrigger.Before,
        func=f"""
        IF NEW.{field}_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM governance_decision decision
            WHERE decision.id = NEW.{field}_id AND decision.kind = '{kind}' AND decision.decided_on <= {on}
                AND decision.subject_type = '{subject}' AND decision.subject_id = {key}
                AND {detail} AND {UNREVOKED.format(on=on)}
        ) THEN
            {_refuse("the decision is about something else", f"{table}_by_its_decision")}
        END IF;
        RETURN NEW;
        """,
    )


TERM_CUT_SHORT = pgtrigger.Trigger(
    name="without_members",  # after within_the_law, which says more
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(old__ends_on__df=pgtrigger.F("new__ends_on")),
    func=f"""
    -- A term ends early by its holder, with the membership, or by whoever elects: nobody else removes anybody.
    IF NEW.ends_on > OLD.ends_on OR NOT EXISTS (
        SELECT FROM members_member
        WHERE id = NEW.member_id AND (user_id = NEW.ended_by_id OR left_on <= NEW.ends_on)
        UNION ALL
        SELECT FROM governance_decision decision
        WHERE decision.id = NEW.ended_in_id AND decision.kind = 'removal' AND decision.decided_on <= NEW.ends_on
            AND decision.subject_type = 'governance.office' AND decision.subject_id = NEW.id
            AND {UNREVOKED.format(on="NEW.ends_on")}
    ) THEN
        {_refuse("a term is cut short by its holder or by the members", "governance_office_cut_short")}
    END IF;
    RETURN NEW;
    """,
)

RULES_BY_DECISION = pgtrigger.Trigger(
    name="by_its_decision",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    declare=[("label", "text")],
    func=f"""
    -- A paper from before the system, and a law, may set many rules at once; the others name rules or a proposal.
    label := regexp_replace(TG_TABLE_NAME::text, '_', '.');
    IF NOT EXISTS (
        SELECT FROM governance_decision decision
        WHERE decision.id = NEW.decided_in_id AND decision.kind IN ('rules', 'dues', 'statutes')
            AND decision.decided_on <= NEW.in_force_from AND {UNREVOKED.format(on="NEW.in_force_from")}
            AND (
                (decision.source IN ('paper', 'law') AND decision.subject_type = '')
                OR (decision.subject_type = label AND decision.subject_id IS NULL)
                OR (decision.subject_type = 'governance.rulesproposal' AND EXISTS (
                    SELECT FROM governance_rulesproposal WHERE id = decision.subject_id AND kind = label
                ))
            )
    ) THEN
        {_refuse("rules follow the decision about them", "governance_rules_by_their_decision")}
    END IF;
    RETURN NEW;
    """,
)

ARTICLE_BY_DECISION = pgtrigger.Trigger(
    name="by_its_decision",
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("decided_in_id"),
    when=pgtrigger.Before,
    func=f"""
    IF NEW.decided_in_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM governance_decision decision
        WHERE decision.id = NEW.decided_in_id AND decision.kind = 'statutes'
            AND decision.decided_on <= NEW.in_force_from AND {UNREVOKED.format(on="NEW.in_force_from")}
            AND (
                (decision.source IN ('paper', 'law') AND decision.subject_type = '')
                OR (decision.subject_type = 'governance.articleversion' AND decision.subject_id = NEW.id)
                OR (decision.subject_type = 'governance.statute' AND decision.subject_id = (
                    SELECT statute_id FROM governance_article WHERE id = NEW.article_id
                ))
            )
    ) THEN
        {_refuse("an article follows the decision about it", "governance_articleversion_by_its_decision")}
    END IF;
    RETURN NEW;
    """,
)

LEAST = " ".join(f"WHEN '{kind}' THEN '{least.organ}'" for kind, least in LEGAL_MINIMUM.items())
RANK = "array_position(ARRAY[" + ", ".join(f"'{organ}'" for organ in ORGANS) + "], ({organ})::text)"

STATUTES_WITHIN_THE_LAW = pgtrigger.Trigger(
    name="within_the_law",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    func=f"""
    IF {RANK.format(organ="NEW.organ")} < {RANK.format(organ=f"CASE NEW.act {LEAST} ELSE 'board' END")} THEN
        {_refuse("the law leaves this to a higher organ", "governance_actrules_within_the_law")}
    END IF;
    RETURN NEW;
    """,
)

DECIDED_AS_THE_STATUTES_SAY = pgtrigger.Trigger(
    name="as_the_statutes_say",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    declare=[("statutes", "record"), ("quorum", "integer"), ("majority", "text")],
    func=f"""
    IF NEW.source = 'paper' AND EXISTS (
        SELECT FROM governance_decision WHERE source = 'meeting' AND decided_on <= NEW.decided_on
    ) THEN
        {_refuse("the system has meetings of its own since then", "governance_decision_paper_is_older")}
    END IF;
    IF NEW.revokes_id IS NOT NULL AND EXISTS (
        SELECT FROM governance_decision earlier WHERE earlier.id = NEW.revokes_id
            AND (
                earlier.decided_on > NEW.decided_on
                OR {RANK.format(organ="NEW.organ")} < {RANK.format(organ="earlier.organ")}
            )
    ) THEN
        {_refuse("a decision is revoked later, by the same organ or a higher one", "governance_decision_revoked_later")}
    END IF;
    IF NEW.source NOT IN ('meeting', 'circular') THEN
        RETURN NEW;
    END IF;
    SELECT * INTO statutes FROM governance_actrules
        WHERE act = NEW.kind AND in_force_from <= NEW.decided_on ORDER BY in_force_from DESC LIMIT 1;
    quorum := coalesce(CASE WHEN NEW.second_call THEN statutes.second_quorum_bp ELSE statutes.quorum_bp END, 0);
    majority := coalesce(statutes.majority, 'simple');
    IF {RANK.format(organ="NEW.organ")}
        < {RANK.format(organ=f"coalesce(statutes.organ, CASE NEW.kind {LEAST} ELSE 'board' END)")}
    THEN
        {_refuse("another organ decides this", "governance_decision_of_its_organ")}
    END IF;
    IF NEW.present = 0 OR NEW.present::bigint * 10000 < quorum::bigint * NEW.entitled THEN
        {_refuse("there was no quorum", "governance_decision_with_quorum")}
    END IF;
    IF NEW.by_consensus AND NEW.against > 0 OR NOT NEW.by_consensus AND NOT (CASE majority
        WHEN 'two_thirds' THEN NEW.in_favour > 0 AND 3 * NEW.in_favour >= 2 * (NEW.in_favour + NEW.against)
        WHEN 'three_quarters' THEN NEW.in_favour > 0 AND 4 * NEW.in_favour >= 3 * (NEW.in_favour + NEW.against)
        ELSE NEW.in_favour > NEW.against END)
    THEN
        {_refuse("it was not carried", "governance_decision_carried")}
    END IF;
    RETURN NEW;
    """,
)

ANSWERED_BY_THE_BOARD = pgtrigger.Trigger(
    name="by_the_board",
    operation=pgtrigger.Insert,
    when=pgtrigger.Before,
    declare=[("asked", "record")],
    func=f"""
    SELECT * INTO asked FROM governance_resolution WHERE id = NEW.resolution_id FOR NO KEY UPDATE;
    IF asked.outcome <> '' OR NEW."on" < asked.proposed_on THEN
        {_refuse("this resolution has ended, or was not asked yet", "governance_resolutionanswer_while_open")}
    END IF;
    IF NOT EXISTS (
        SELECT FROM core_user WHERE id = NEW.by_id AND is_active AND role IN ('chair', 'secretary', 'treasurer')
    ) THEN
        {_refuse("only the board answers", "governance_resolutionanswer_by_the_board")}
    END IF;
    IF asked.subject_type = 'members.member' AND EXISTS (
        SELECT FROM members_member WHERE id = asked.subject_id AND user_id = NEW.by_id
    ) THEN
        {_refuse("nobody decides on themselves", "governance_resolutionanswer_not_oneself")}
    END IF;
    RETURN NEW;
    """,
)
