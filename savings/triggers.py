"""What the database refuses across rows: voluntary savings below what is blocked of them, a withdrawal approved by

its member or its payer, and the release of one's own savings. The services refuse first, with a sentence.
"""

import pgtrigger

from core.models import REFUSE
from governance.triggers import within_the_law

_COVERED = """
    -- Whoever moves or blocks savings of the same member waits here, as the services do.
    PERFORM FROM members_member WHERE id = NEW.member_id FOR NO KEY UPDATE;
    IF (
        SELECT coalesce(sum(CASE direction WHEN 'deposit' THEN amount ELSE -amount END), 0)
        FROM savings_movement WHERE member_id = NEW.member_id AND kind = 'voluntary'
    ) < (
        SELECT coalesce(sum(amount), 0) FROM savings_block WHERE member_id = NEW.member_id AND released_on IS NULL
    ) THEN
        RAISE EXCEPTION 'voluntary savings hold less than what is blocked'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'savings_voluntary_covers_blocks';
    END IF;
    RETURN NULL;
"""

BLOCK_IS_COVERED = pgtrigger.Trigger(name="is_covered", operation=pgtrigger.Insert, when=pgtrigger.After, func=_COVERED)

RELEASED_BY_SOMEBODY_ELSE = pgtrigger.Trigger(
    name="released_by_somebody_else",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    condition=pgtrigger.Q(new__released_by__isnull=False),
    func=f"""
    IF EXISTS (SELECT FROM members_member WHERE id = NEW.member_id AND user_id = NEW.released_by_id) THEN
        {REFUSE.format(message="nobody releases their own savings", name="savings_block_four_eyes")}
    END IF;
    RETURN NEW;
    """,
)

WITHDRAWAL_LEAVES_BLOCKS = pgtrigger.Trigger(
    name="leaves_blocks",
    operation=pgtrigger.Insert,
    when=pgtrigger.After,
    # The month-end run takes a tax out of the interest it has just given, holding the month and not the members.
    condition=pgtrigger.Q(new__direction="withdrawal", new__kind="voluntary", new__purpose__df="tax"),
    func=_COVERED,
)

REQUEST_FOUR_EYES = pgtrigger.Trigger(
    name="four_eyes",
    operation=pgtrigger.Insert | pgtrigger.Update,
    when=pgtrigger.Before,
    func="""
    IF NEW.approved_by_id IS NOT NULL
        AND EXISTS (SELECT FROM members_member WHERE id = NEW.member_id AND user_id = NEW.approved_by_id)
    OR NEW.movement_id IS NOT NULL AND EXISTS (
        SELECT FROM savings_movement AS movement
        JOIN ledger_entry AS entry ON entry.id = movement.entry_id
        JOIN savings_savingsrules AS rules ON rules.id = NEW.rules_id
        WHERE movement.id = NEW.movement_id AND (
            movement.member_id <> NEW.member_id OR movement.amount <> NEW.amount
            OR entry.posted_by_id = NEW.approved_by_id
            OR NEW.amount > rules.approval_above AND NEW.approved_by_id IS NULL
        )
    )
    THEN
        RAISE EXCEPTION 'a withdrawal is approved by somebody who neither gets nor pays it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'savings_withdrawalrequest_four_eyes';
    END IF;
    RETURN NEW;
    """,
)

RETURN_WITHIN_THE_LAW = within_the_law(
    "NEW.rate_bp > {ceiling}",
    ceiling="savings_return_bp",
    default=900,
    on="NEW.in_force_from",
    name="savings_return_within_the_law",
    message="savings return more than the law allows",
)
