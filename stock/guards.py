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
    -- The loan is locked, so two returns at the same moment are counted together. What was declined does not count.
    PERFORM FROM stock_stockloan AS loan WHERE loan.id = NEW.loan_id FOR NO KEY UPDATE;
    IF NEW.declined_on IS NULL AND NEW.quantity + coalesce((
        SELECT sum(other.quantity)
        FROM stock_stockreturn AS other
        WHERE other.loan_id = NEW.loan_id AND other.declined_on IS NULL AND other.id <> NEW.id
    ), 0) > (SELECT loan.quantity FROM stock_stockloan AS loan WHERE loan.id = NEW.loan_id) THEN
        RAISE EXCEPTION 'stock_stockreturn: more comes back than was lent'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stock_stockreturn_never_more_than_lent';
    END IF;
    RETURN NEW;
"""
