"""What the database itself refuses about stock, whoever writes. `stock.services` gives each refusal a sentence."""

NEVER_NEGATIVE = """
    -- Nobody gives away what is not there, on the day of the movement or on any day after it. Who takes out of the
    -- same holding at the same moment waits here, and then sees what the other left.
    PERFORM pg_advisory_xact_lock(hashtextextended('stock.' || NEW.member_id || '.' || NEW.item_id, 0));

    SELECT least(
        coalesce(sum(day.quantity) FILTER (WHERE day."on" <= NEW."on"), 0),
        min(day.running) FILTER (WHERE day."on" > NEW."on")
    )
    INTO lowest
    FROM (
        SELECT movement."on", sum(movement.quantity) AS quantity,
            sum(sum(movement.quantity)) OVER (ORDER BY movement."on") AS running
        FROM stock_stockmovement AS movement
        WHERE movement.member_id = NEW.member_id AND movement.item_id = NEW.item_id
        GROUP BY movement."on"
    ) AS day;

    IF coalesce(lowest, 0) + NEW.quantity < 0 THEN
        RAISE EXCEPTION 'stock_stockmovement: member % does not hold % of item %',
            NEW.member_id, -NEW.quantity, NEW.item_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stock_movement_never_negative';
    END IF;
    RETURN NEW;
"""

MIRRORS = """
    -- What one side takes is what the other gave: the same item and quantity on the same day, to somebody else.
    IF NOT EXISTS (
        SELECT FROM stock_stockmovement AS giver
        WHERE giver.id = NEW.counterpart_id
            AND giver.item_id = NEW.item_id
            AND giver.quantity = -NEW.quantity
            AND giver."on" = NEW."on"
            AND giver.member_id <> NEW.member_id
            AND (giver.kind, NEW.kind) IN (('lent', 'borrowed'), ('returned', 'came_back'), ('given', 'received'))
    ) THEN
        RAISE EXCEPTION 'stock_stockmovement: the two sides differ'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stock_movement_mirrors_its_counterpart';
    END IF;
    RETURN NEW;
"""

HANDED_TO_SOMEBODY = """
    -- Looked at when the transaction ends: whatever was handed over has arrived at somebody.
    IF NOT EXISTS (SELECT FROM stock_stockmovement AS taker WHERE taker.counterpart_id = NEW.id) THEN
        RAISE EXCEPTION 'stock_stockmovement: % was handed to nobody', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stock_movement_handed_to_somebody';
    END IF;
    RETURN NULL;
"""

NEVER_MORE_THAN_LENT = """
    -- The loan is locked, so two returns at the same moment are counted together. What was declined or
    -- reversed does not count.
    PERFORM FROM stock_stockloan AS loan WHERE loan.id = NEW.loan_id FOR NO KEY UPDATE;
    IF NEW.declined_on IS NULL AND NEW.reversed_on IS NULL AND NEW.quantity + coalesce((
        SELECT sum(other.quantity)
        FROM stock_stockreturn AS other
        WHERE other.loan_id = NEW.loan_id AND other.declined_on IS NULL AND other.reversed_on IS NULL
            AND other.id <> NEW.id
    ), 0) > (SELECT loan.quantity FROM stock_stockloan AS loan WHERE loan.id = NEW.loan_id) THEN
        RAISE EXCEPTION 'stock_stockreturn: more comes back than was lent'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stock_stockreturn_never_more_than_lent';
    END IF;
    RETURN NEW;
"""

ONE_AFTER_THE_OTHER = """
    -- A step stands on the one before it, and who chose the supplier does not pay him. Undoing a step on which
    -- another stands is refused the same way. The purchase is locked, so two officers are looked at one by one.
    PERFORM FROM stock_jointpurchase AS purchase WHERE purchase.id = NEW.purchase_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM stock_jointstep AS step
        WHERE step.purchase_id = NEW.purchase_id AND step.reversed_on IS NULL AND step.kind <> 'chosen'
            AND NOT EXISTS (
                SELECT FROM stock_jointstep AS earlier
                WHERE earlier.purchase_id = step.purchase_id AND earlier.reversed_on IS NULL
                    AND earlier.kind = CASE step.kind WHEN 'received' THEN 'chosen' ELSE 'received' END
                    AND earlier."on" <= step."on"
            )
    ) OR EXISTS (
        SELECT FROM stock_jointpayment AS payment
        WHERE payment.step_id = NEW.id AND payment.reversed_on IS NULL AND NEW.reversed_on IS NOT NULL
    ) OR EXISTS (
        SELECT FROM stock_jointpurchase AS purchase
        WHERE purchase.id = NEW.purchase_id AND purchase.cancelled_on IS NOT NULL AND NEW.reversed_on IS NULL
    ) THEN
        RAISE EXCEPTION 'stock_jointstep: % of purchase % stands on a step that does not', NEW.kind, NEW.purchase_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stock_jointstep_one_after_the_other';
    END IF;
    IF EXISTS (
        SELECT FROM stock_jointstep AS chosen
        JOIN stock_jointstep AS paid ON paid.purchase_id = chosen.purchase_id AND paid.by_id = chosen.by_id
        WHERE chosen.purchase_id = NEW.purchase_id AND chosen.kind = 'chosen' AND paid.kind = 'paid'
            AND chosen.reversed_on IS NULL AND paid.reversed_on IS NULL
    ) THEN
        RAISE EXCEPTION 'stock_jointstep: who chose the supplier cannot also pay him'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stock_jointstep_four_eyes';
    END IF;
    RETURN NULL;
"""

CANCELLED_BEFORE_RECEIVED = """
    -- What has arrived can no longer be cancelled.
    IF EXISTS (
        SELECT FROM stock_jointstep AS step
        WHERE step.purchase_id = NEW.id AND step.kind = 'received' AND step.reversed_on IS NULL
    ) THEN
        RAISE EXCEPTION 'stock_jointpurchase: % has arrived', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stock_jointpurchase_cancelled_before_received';
    END IF;
    RETURN NEW;
"""

WITHIN_THE_SHARE = """
    -- Nobody pays more than his share costs, for a sharing out that stands, or before it was. The step is locked.
    PERFORM FROM stock_jointstep AS step WHERE step.id = NEW.step_id FOR NO KEY UPDATE;
    IF NOT EXISTS (
        SELECT FROM stock_jointstep AS step
        WHERE step.id = NEW.step_id AND step.kind = 'shared' AND step.reversed_on IS NULL AND step."on" <= NEW."on"
    ) OR NEW.amount + coalesce((
        SELECT sum(other.amount) FROM stock_jointpayment AS other
        WHERE other.step_id = NEW.step_id AND other.member_id = NEW.member_id AND other.reversed_on IS NULL
    ), 0) > coalesce((
        SELECT sum(share.amount) FROM stock_jointshare AS share
        WHERE share.step_id = NEW.step_id AND share.member_id = NEW.member_id
    ), 0) THEN
        RAISE EXCEPTION 'stock_jointpayment: % is more than is owed', NEW.amount
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stock_jointpayment_within_the_share';
    END IF;
    RETURN NEW;
"""
