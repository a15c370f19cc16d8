"""What the database refuses across rows: a term longer than the law allows, somebody who decides on what they reported

or what concerns them, a step in a case that is closed. The services say it in a sentence first; this is for writing
around them.
"""

import pgtrigger

from core.models import REFUSE


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
