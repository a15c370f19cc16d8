"""What the database refuses across rows: voluntary savings never hold less than what is blocked of them.

The services say it in a sentence first, day by day; this is for writing around them.
"""

import pgtrigger

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

WITHDRAWAL_LEAVES_BLOCKS = pgtrigger.Trigger(
    name="leaves_blocks",
    operation=pgtrigger.Insert,
    when=pgtrigger.After,
    condition=pgtrigger.Q(new__direction="withdrawal", new__kind="voluntary"),
    func=_COVERED,
)
