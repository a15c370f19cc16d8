-- What each workshop has promised on a day: its own orders less what other hands took, what it has
-- made by its latest word or the buyer has already, and its parts of others'
-- orders less what it has sent. One definition for the board, the proposals and the capacity calendar.
-- Each with its line and item, because an item says how much work a piece is.
-- STABLE and plain SQL, so that the planner looks through it and filters by member.
CREATE OR REPLACE FUNCTION orders_jobs(as_of date)
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
        FROM orders_surplus s
        JOIN orders_claim c ON c.surplus_id = s.id
        WHERE s.line_id = l.id AND c.claimed_on <= as_of
    ) taken ON true
    LEFT JOIN LATERAL (
        SELECT sum(d.rejected) AS quantity
        FROM orders_surplus s
        JOIN orders_claim c ON c.surplus_id = s.id
        JOIN orders_delivery d ON d.claim_id = c.id
        WHERE s.line_id = l.id AND d.confirmed_on <= as_of
    ) returned ON true
    LEFT JOIN LATERAL (
        SELECT p.made FROM orders_progress p WHERE p.line_id = l.id AND p.told_on <= as_of ORDER BY p.told_on DESC LIMIT 1
    ) told ON true
    LEFT JOIN LATERAL (
        SELECT sum(sl.quantity) AS quantity
        FROM orders_shipmentline sl JOIN orders_shipment s ON s.id = sl.shipment_id
        WHERE sl.line_id = l.id AND s.sent_on <= as_of AND (s.reversed_on IS NULL OR s.reversed_on > as_of)
    ) shipped ON true
    CROSS JOIN LATERAL (
        SELECT least(
            l.base_quantity - coalesce(taken.quantity, 0) + coalesce(returned.quantity, 0) - coalesce(told.made, 0),
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
    JOIN orders_surplus s ON s.id = c.surplus_id
    JOIN orders_orderline l ON l.id = s.line_id
    LEFT JOIN LATERAL (
        SELECT sum(CASE WHEN d.confirmed_on <= as_of THEN d.kept ELSE d.delivered END) AS quantity
        FROM orders_delivery d
        WHERE d.claim_id = c.id AND d.delivered_on <= as_of
    ) sent ON true
    WHERE c.claimed_on <= as_of
      AND c.quantity - CASE WHEN c.withdrawn_on <= as_of THEN c.withdrawn ELSE 0 END - coalesce(sent.quantity, 0) > 0
$$;
