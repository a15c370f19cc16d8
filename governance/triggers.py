"""What the database refuses about cases: nobody decides on what they reported or what concerns them, and nothing is

added to a case that is closed. The services say it in a sentence first; this is for writing around them.
"""

import pgtrigger

_REFUSE = "RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';"


def _refuse(message, name):
    return _REFUSE.format(message=message, name=name)


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
