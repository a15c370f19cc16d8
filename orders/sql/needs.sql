-- Which material the promised work takes, per piece of work: the bill of material times what is still to be made.
-- Work that others make with material that goes along takes the material of who holds the order, and what went along
-- already that of the maker. What lies there finished already is not made again; the work due first gets it.
WITH job AS (
    SELECT CASE WHEN offer.material_included THEN job_order.member_id ELSE job.member_id END AS member_id,
        job.member_id AS maker_id, job.item_id, job.order_id, job_order.number, job.line_id, job.due_on, job.quantity,
        job.claim_id
    FROM orders_jobs(%(as_of)s) AS job
    JOIN orders_order AS job_order ON job_order.id = job.order_id
    LEFT JOIN orders_claim AS claim ON claim.id = job.claim_id
    LEFT JOIN orders_offer AS offer ON offer.id = claim.offer_id
    -- an array, not EXISTS: this the planner carries down into orders_jobs, before it looks at every line's progress
    WHERE job.item_id = ANY(ARRAY(
        SELECT bill.item_id
        FROM stock_billline AS bill
        WHERE %(items)s::bigint[] IS NULL OR bill.material_id = ANY(%(items)s)
    ))
),
wanted AS (
    SELECT *
    FROM job
    WHERE %(members)s::bigint[] IS NULL OR member_id = ANY(%(members)s) OR maker_id = ANY(%(members)s)
),
to_make AS (
    SELECT wanted.*,
        greatest(0, least(
            wanted.quantity,
            sum(wanted.quantity) OVER (
                PARTITION BY wanted.member_id, wanted.item_id
                ORDER BY wanted.due_on, wanted.order_id, wanted.line_id, wanted.claim_id NULLS FIRST
                ROWS UNBOUNDED PRECEDING
            ) - greatest(0, coalesce((
                SELECT sum(movement.quantity)
                FROM stock_stockmovement AS movement
                WHERE movement.member_id = wanted.member_id
                    AND movement.item_id = wanted.item_id
                    AND movement."on" <= %(as_of)s
            ), 0) - coalesce((
                -- taken for an order, these are in orders_jobs already
                SELECT sum(lent.quantity)
                FROM orders_goodstaken AS goods
                JOIN stock_stockloan AS lent ON lent.id = goods.loan_id AND lent.confirmed_on <= %(as_of)s
                JOIN orders_orderline AS line ON line.id = goods.line_id AND line.item_id = wanted.item_id
                JOIN orders_order AS own ON own.id = line.order_id AND own.member_id = wanted.member_id
                WHERE own.cancelled_on IS NULL AND (own.finished_on IS NULL OR own.finished_on > %(as_of)s)
            ), 0))
        )) AS pieces
    FROM wanted
),
needed AS (
    SELECT to_make.*, bill.material_id,
        ceil(to_make.pieces * bill.quantity * (10000 + bill.waste_bp) / 10) / 1000 AS material
    FROM to_make
    JOIN stock_billline AS bill ON bill.item_id = to_make.item_id
    WHERE to_make.pieces > 0
        AND (%(items)s::bigint[] IS NULL OR bill.material_id = ANY(%(items)s))
),
shared AS (
    SELECT needed.*,
        CASE WHEN needed.member_id = needed.maker_id THEN 0 ELSE least(needed.material, coalesce((
            SELECT sum(given.quantity - given.returned)
            FROM orders_materialgiven AS given
            WHERE given.claim_id = needed.claim_id
                AND given.item_id = needed.material_id
                AND given.confirmed_on <= %(as_of)s
        ), 0)) END AS along
    FROM needed
)
SELECT member_id, material_id, due_on, number, order_id, claim_id, quantity
FROM (
    SELECT member_id, material_id, due_on, number, order_id, line_id,
        CASE WHEN member_id = maker_id THEN claim_id END AS claim_id, material - along AS quantity
    FROM shared
    UNION ALL
    SELECT maker_id, material_id, due_on, number, order_id, line_id, claim_id, along
    FROM shared
) AS part
WHERE quantity > 0 AND (%(members)s::bigint[] IS NULL OR member_id = ANY(%(members)s))
ORDER BY due_on, order_id, line_id, claim_id, material_id
