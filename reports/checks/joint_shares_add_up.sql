-- What arrived of a joint purchase is shared out whole, quantity and cost, and stands in the members' stocks.
WITH standing AS (
    SELECT step.id, step.purchase_id, step.kind
    FROM stock_jointstep AS step
    WHERE step."on" <= %(as_of)s AND (step.reversed_on IS NULL OR step.reversed_on > %(as_of)s)
)
SELECT received.purchase_id AS purchase, line.item_id, line.quantity AS received, shared.quantity AS shared, line.cost,
    shared.amount AS owed, shared.moved
FROM standing AS received
JOIN standing AS sharing ON sharing.purchase_id = received.purchase_id AND sharing.kind = 'shared'
JOIN stock_jointline AS line ON line.step_id = received.id
LEFT JOIN LATERAL (
    SELECT sum(share.quantity) AS quantity, sum(share.amount)::bigint AS amount, sum(movement.quantity) AS moved
    FROM stock_jointshare AS share
    JOIN stock_stockmovement AS movement
        ON movement.id = share.movement_id
        AND movement.member_id = share.member_id
        AND movement.item_id = share.item_id
    WHERE share.step_id = sharing.id AND share.item_id = line.item_id
) AS shared ON true
WHERE received.kind = 'received'
    AND (
        shared.quantity IS DISTINCT FROM line.quantity
        OR shared.amount IS DISTINCT FROM line.cost
        OR shared.moved IS DISTINCT FROM line.quantity
    )
ORDER BY received.purchase_id, line.item_id
