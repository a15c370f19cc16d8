-- A settlement pays the accepted work at the price to the maker, and what goes into savings is all of it.
SELECT settlement.id AS settlement, settlement.amount, round(delivery.accepted * surplus.maker_price)::bigint AS work,
    movement.amount AS savings
FROM orders_settlement AS settlement
JOIN orders_delivery AS delivery ON delivery.id = settlement.delivery_id
JOIN orders_claim AS claim ON claim.id = delivery.claim_id
JOIN orders_surplus AS surplus ON surplus.id = claim.surplus_id
LEFT JOIN savings_movement AS movement ON movement.id = settlement.savings_id
WHERE settlement.settled_on <= %(as_of)s
    AND (settlement.amount IS DISTINCT FROM round(delivery.accepted * surplus.maker_price)
        OR movement.amount <> settlement.amount
        OR movement.member_id <> claim.member_id)
ORDER BY settlement.id
