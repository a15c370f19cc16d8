-- Surplus work of a month: what was offered, taken, delivered or paid in it, and all that is not finished at its end.
-- One row per hand that took part, or per offer nobody has taken. Money as at the month's end; what went through the
-- cooperative apart from what was paid directly.
SELECT
    orders.number,
    item.name AS item,
    unit.name AS unit,
    holder.name AS holder,
    maker.name AS maker,
    surplus.posted_on,
    surplus.due_on,
    coalesce(claim.maker_price, surplus.maker_price) AS maker_price,
    surplus.quantity AS offered,
    claim.quantity - CASE WHEN claim.withdrawn_on <= %(last)s THEN claim.withdrawn ELSE 0 END AS taken,
    coalesce(goods.accepted, 0) AS accepted,
    coalesce(goods.rejected, 0) AS rejected,
    coalesce(money.paid_in, 0)::bigint AS paid_in,
    coalesce(money.paid_out, 0)::bigint AS paid_out,
    coalesce(money.direct, 0)::bigint AS direct
FROM orders_offer AS surplus
JOIN orders_orderline AS line ON line.id = surplus.line_id
JOIN orders_order AS orders ON orders.id = line.order_id
JOIN pricing_item AS item ON item.id = line.item_id
JOIN pricing_unit AS unit ON unit.id = item.base_unit_id
JOIN members_member AS holder ON holder.id = orders.member_id
LEFT JOIN orders_claim AS claim ON claim.offer_id = surplus.id AND claim.claimed_on <= %(last)s
LEFT JOIN members_member AS maker ON maker.id = claim.member_id
LEFT JOIN LATERAL (
    SELECT
        sum(delivery.accepted) FILTER (WHERE delivery.confirmed_on <= %(last)s) AS accepted,
        sum(delivery.rejected) FILTER (WHERE delivery.confirmed_on <= %(last)s) AS rejected,
        max(greatest(delivery.delivered_on, delivery.confirmed_on)) AS last_day
    FROM orders_delivery AS delivery
    WHERE delivery.claim_id = claim.id AND delivery.delivered_on <= %(last)s
) AS goods ON true
LEFT JOIN LATERAL (
    SELECT
        sum(amount) FILTER (WHERE method <> 'direct' AND is_standing) AS paid_in,
        sum(amount) FILTER (WHERE method <> 'direct' AND is_standing AND paid_on <= %(last)s) AS paid_out,
        sum(amount) FILTER (WHERE method = 'direct' AND is_standing) AS direct,
        sum(work) FILTER (WHERE is_standing) AS work,
        max(greatest(settled_on, paid_on, reversed_on)) AS last_day
    FROM (
        SELECT settlement.*, reversed_on IS NULL OR reversed_on > %(last)s AS is_standing
        FROM orders_settlement AS settlement
        JOIN orders_delivery AS delivery ON delivery.id = settlement.delivery_id
        WHERE delivery.claim_id = claim.id AND settlement.settled_on <= %(last)s
    ) AS settlement
) AS money ON true
WHERE surplus.posted_on <= %(last)s
    AND (
        greatest(surplus.posted_on, surplus.withdrawn_on, claim.claimed_on, claim.withdrawn_on, goods.last_day,
                 money.last_day) >= %(month)s
        OR (claim.id IS NULL AND surplus.withdrawn_on IS NULL AND surplus.closes_on > %(last)s)
        OR claim.quantity - claim.withdrawn > coalesce(goods.accepted, 0) + coalesce(goods.rejected, 0)
        OR coalesce(money.paid_in, 0) > coalesce(money.paid_out, 0)
        OR round(coalesce(goods.accepted, 0) * claim.maker_price) > coalesce(money.work, 0)
    )
ORDER BY orders.number, surplus.id, claim.id
