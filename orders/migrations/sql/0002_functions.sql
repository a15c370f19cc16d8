-- What of a line the buyer has on a day. Nobody here knows: the room above, which sends it, replaces the function
-- (sales/migrations/0002), as in Python a room above answers a hook. One row, so that the planner looks through it.
CREATE FUNCTION orders_shipped(line bigint, as_of date)
RETURNS TABLE (quantity numeric)
LANGUAGE sql STABLE AS $$
    SELECT 0::numeric
$$;

-- What each workshop has promised on a day: its own orders less what other hands took, what neighbours handed
-- over finished, what it has made by its latest word or the buyer has already, and its parts of others' orders less what it has sent. One definition for the board,
-- the proposals and the capacity calendar. Each with its line and item, because an item says how much work a piece is.
-- STABLE and plain SQL, so that the planner looks through it and filters by member.
CREATE FUNCTION orders_jobs(as_of date)
RETURNS TABLE (
    member_id bigint, order_id bigint, claim_id bigint, line_id bigint, item_id bigint, due_on date, quantity numeric
)
LANGUAGE sql STABLE AS $$
    SELECT o.member_id, o.id, NULL::bigint, l.id, l.item_id, o.due_on,
           own.left_over
    FROM orders_order o
    JOIN orders_orderline l ON l.order_id = o.id
    JOIN pricing_item i ON i.id = l.item_id AND i.kind = 'product'
    LEFT JOIN LATERAL (
        SELECT sum(c.quantity - CASE WHEN c.withdrawn_on <= as_of THEN c.withdrawn ELSE 0 END) AS quantity
        FROM orders_offer s
        JOIN orders_claim c ON c.offer_id = s.id
        WHERE s.line_id = l.id AND c.claimed_on <= as_of
    ) taken ON true
    LEFT JOIN LATERAL (
        SELECT sum(d.rejected) AS quantity
        FROM orders_offer s
        JOIN orders_claim c ON c.offer_id = s.id
        JOIN orders_delivery d ON d.claim_id = c.id
        WHERE s.line_id = l.id AND d.confirmed_on <= as_of
    ) returned ON true
    LEFT JOIN LATERAL (
        SELECT p.made FROM orders_progress p WHERE p.line_id = l.id AND p.told_on <= as_of ORDER BY p.told_on DESC LIMIT 1
    ) told ON true
    LEFT JOIN LATERAL (
        SELECT sum(lent.quantity) AS quantity
        FROM orders_goodstaken goods
        JOIN stock_stockloan lent ON lent.id = goods.loan_id
        WHERE goods.line_id = l.id AND lent.confirmed_on <= as_of
    ) bought ON true
    LEFT JOIN LATERAL orders_shipped(l.id, as_of) shipped ON true
    CROSS JOIN LATERAL (
        SELECT least(
            l.base_quantity - coalesce(taken.quantity, 0) + coalesce(returned.quantity, 0) - coalesce(told.made, 0)
                - coalesce(bought.quantity, 0),
            l.base_quantity - coalesce(shipped.quantity, 0)
        ) AS left_over
    ) own
    WHERE o.ordered_on <= as_of
      AND (o.finished_on IS NULL OR o.finished_on > as_of)
      AND (o.cancelled_on IS NULL OR o.cancelled_on > as_of)
      AND own.left_over > 0
    UNION ALL
    SELECT c.member_id, l.order_id, c.id, l.id, l.item_id, s.due_on,
           c.quantity - CASE WHEN c.withdrawn_on <= as_of THEN c.withdrawn ELSE 0 END - coalesce(sent.quantity, 0)
    FROM orders_claim c
    JOIN orders_offer s ON s.id = c.offer_id
    JOIN orders_orderline l ON l.id = s.line_id
    LEFT JOIN LATERAL (
        SELECT sum(CASE WHEN d.confirmed_on <= as_of THEN d.kept ELSE d.delivered END) AS quantity
        FROM orders_delivery d
        WHERE d.claim_id = c.id AND d.delivered_on <= as_of
    ) sent ON true
    WHERE c.claimed_on <= as_of
      AND c.quantity - CASE WHEN c.withdrawn_on <= as_of THEN c.withdrawn ELSE 0 END - coalesce(sent.quantity, 0) > 0
$$;

-- What a business can make on the days after `after` up to and including `until`: pieces, and minutes at each step.
-- A seventh of the week's rate each day that is not closed. Endless where the hands of a step are not written down.
CREATE FUNCTION orders_can(business bigint, after date, until date)
RETURNS TABLE (pieces numeric, cutting numeric, sewing numeric, lasting numeric, finishing numeric)
LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(s.per_week * s.days), 0) / 7,
           sum(coalesce(s.cutting * s.minutes, 'Infinity') * s.days) / 7,
           sum(coalesce(s.sewing * s.minutes, 'Infinity') * s.days) / 7,
           sum(coalesce(s.lasting * s.minutes, 'Infinity') * s.days) / 7,
           sum(coalesce(s.finishing * s.minutes, 'Infinity') * s.days) / 7
    FROM (
        SELECT span.*, span.days_per_week * span.hours_per_day * 60 AS minutes,
               span.last_on - span.first_on + 1 - coalesce(shut.days, 0) AS days
        FROM (
            SELECT c.*, greatest(c.from_on, after + 1) AS first_on,
                   least(lead(c.from_on) OVER (ORDER BY c.from_on) - 1, until) AS last_on
            FROM orders_capacity c
            WHERE c.business_id = business
        ) span
        LEFT JOIN LATERAL (
            SELECT sum(upper(part) - lower(part)) AS days
            FROM (
                SELECT range_agg(daterange(x.from_on, x.until_on, '[]')) AS closed
                FROM orders_closure x
                WHERE (x.business_id = business OR x.business_id IS NULL)
                  AND x.until_on >= span.first_on AND x.from_on <= span.last_on
            ) own
            CROSS JOIN unnest(own.closed * datemultirange(daterange(span.first_on, span.last_on, '[]'))) part
        ) shut ON true
        WHERE span.last_on >= span.first_on
    ) s
    WHERE s.days > 0
$$;

-- The minutes of every step in one piece: as measured for everybody, or else as the workshop itself reckons, or else none.
CREATE FUNCTION orders_minutes(member bigint, item bigint)
RETURNS TABLE (cutting integer, sewing integer, lasting integer, finishing integer)
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN i.measured THEN i.cutting ELSE coalesce(e.cutting, 0) END,
           CASE WHEN i.measured THEN i.sewing ELSE coalesce(e.sewing, 0) END,
           CASE WHEN i.measured THEN i.lasting ELSE coalesce(e.lasting, 0) END,
           CASE WHEN i.measured THEN i.finishing ELSE coalesce(e.finishing, 0) END
    FROM (
        SELECT p.*, p.cutting + p.sewing + p.lasting + p.finishing > 0 AS measured
        FROM pricing_item p WHERE p.id = item
    ) i
    LEFT JOIN orders_workestimate e ON e.member_id = member AND e.item_id = i.id
$$;

-- The free capacity of workshops for an item until a day: whole pieces that can be taken on without breaking a promise,
-- NULL where nobody wrote down a capacity. Of some members, or with NULL of all. The same rule as orders/arithmetic/capacity.py:
-- of all days from `until` on that have work promised, and of all limits the item uses, the narrowest decides.
CREATE FUNCTION orders_free(as_of date, wanted bigint, until date, only_members bigint[])
RETURNS TABLE (member_id bigint, free numeric)
LANGUAGE sql STABLE AS $$
    WITH load AS (
        SELECT j.member_id, greatest(j.due_on, as_of) AS due_on, sum(j.quantity) AS pieces,
               sum(j.quantity * i.cutting) AS cutting, sum(j.quantity * i.sewing) AS sewing,
               sum(j.quantity * i.lasting) AS lasting, sum(j.quantity * i.finishing) AS finishing
        FROM orders_jobs(as_of) j
        CROSS JOIN LATERAL orders_minutes(j.member_id, j.item_id) i
        WHERE only_members IS NULL OR j.member_id = ANY(only_members)
        GROUP BY 1, 2
    ),
    deadline AS (
        SELECT b.member_id, b.id AS business_id, greatest(until, as_of) AS due_on
        FROM members_business b
        WHERE only_members IS NULL OR b.member_id = ANY(only_members)
        UNION
        SELECT load.member_id, b.id, load.due_on
        FROM load JOIN members_business b ON b.member_id = load.member_id
    ),
    needed AS (
        SELECT d.member_id, d.business_id, d.due_on,
               coalesce(sum(l.pieces) OVER w, 0) AS pieces, coalesce(sum(l.cutting) OVER w, 0) AS cutting,
               coalesce(sum(l.sewing) OVER w, 0) AS sewing, coalesce(sum(l.lasting) OVER w, 0) AS lasting,
               coalesce(sum(l.finishing) OVER w, 0) AS finishing
        FROM deadline d
        LEFT JOIN load l ON l.member_id = d.member_id AND l.due_on = d.due_on
        WINDOW w AS (PARTITION BY d.member_id ORDER BY d.due_on)
    ),
    room AS (
        SELECT n.member_id, n.business_id,
               min(can.pieces - n.pieces) AS pieces, min(can.cutting - n.cutting) AS cutting,
               min(can.sewing - n.sewing) AS sewing, min(can.lasting - n.lasting) AS lasting,
               min(can.finishing - n.finishing) AS finishing
        FROM needed n
        CROSS JOIN LATERAL orders_can(n.business_id, as_of, n.due_on) can
        WHERE n.due_on >= greatest(until, as_of)
        GROUP BY 1, 2
    )
    SELECT r.member_id,
           CASE WHEN EXISTS (SELECT FROM orders_capacity c WHERE c.business_id = r.business_id)
                THEN greatest(floor(least(
                    r.pieces, r.cutting / nullif(i.cutting, 0), r.sewing / nullif(i.sewing, 0),
                    r.lasting / nullif(i.lasting, 0), r.finishing / nullif(i.finishing, 0)
                )), 0) END
    FROM room r
    CROSS JOIN LATERAL orders_minutes(r.member_id, wanted) i
$$;
