-- What a member's own open orders are still worth on a day: per line, what neither other hands took nor came back
-- refused, at the price of the line. Whole rupiah, rounded down.
SELECT coalesce(floor(sum(line.price * (
    line.base_quantity - coalesce(others.taken, 0) + coalesce(others.rejected, 0)
))), 0)::bigint
FROM orders_order AS buyer
JOIN orders_orderline AS line ON line.order_id = buyer.id
LEFT JOIN LATERAL (
    SELECT
        sum(claim.quantity - CASE WHEN claim.withdrawn_on <= %(as_of)s THEN claim.withdrawn ELSE 0 END) AS taken,
        sum((
            SELECT sum(delivery.rejected) FROM orders_delivery AS delivery
            WHERE delivery.claim_id = claim.id AND delivery.confirmed_on <= %(as_of)s
        )) AS rejected
    FROM orders_offer AS offer
    JOIN orders_claim AS claim ON claim.offer_id = offer.id
    WHERE offer.line_id = line.id AND claim.claimed_on <= %(as_of)s
) AS others ON true
WHERE buyer.member_id = %(member)s
    AND buyer.ordered_on <= %(as_of)s
    AND (buyer.finished_on IS NULL OR buyer.finished_on > %(as_of)s)
    AND (buyer.cancelled_on IS NULL OR buyer.cancelled_on > %(as_of)s);
