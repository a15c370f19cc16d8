-- A settlement pays the accepted work at the agreed price less what was taken off, and all of it has gone somewhere.
SELECT settlement.id AS settlement, settlement.work, round(delivery.accepted * claim.maker_price)::bigint AS accepted,
    settlement.amount, movement.amount AS savings
FROM orders_settlement AS settlement
JOIN orders_delivery AS delivery ON delivery.id = settlement.delivery_id
JOIN orders_claim AS claim ON claim.id = delivery.claim_id
LEFT JOIN savings_movement AS movement ON movement.id = settlement.savings_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(amount), 0) AS amount
    FROM orders_offset WHERE settlement_id = settlement.id AND entry_id IS NOT NULL
) AS netted
WHERE settlement.settled_on <= %(as_of)s
    AND (settlement.work IS DISTINCT FROM round(delivery.accepted * claim.maker_price)
        OR settlement.amount <> settlement.work - settlement.late - settlement.reject - settlement.advance - settlement.material
        OR movement.amount <> settlement.amount - netted.amount
        OR (settlement.method = 'offset' AND netted.amount <> settlement.amount)
        OR movement.member_id <> claim.member_id)
ORDER BY settlement.id
