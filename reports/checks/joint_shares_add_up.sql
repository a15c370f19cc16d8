-- What arrived of a joint purchase is shared out whole, quantity and cost, and stands in the members' stocks.
SELECT purchase.id AS purchase, line.item_id, line.quantity AS received, shared.quantity AS shared, line.cost,
    shared.amount AS owed, shared.moved
FROM stock_jointpurchase AS purchase
JOIN stock_jointline AS line ON line.purchase_id = purchase.id
LEFT JOIN LATERAL (
    SELECT sum(share.quantity) AS quantity, sum(share.amount)::bigint AS amount, sum(movement.quantity) AS moved
    FROM stock_jointshare AS share
    JOIN stock_stockmovement AS movement
        ON movement.id = share.movement_id
        AND movement.member_id = share.member_id
        AND movement.item_id = share.item_id
    WHERE share.purchase_id = purchase.id AND share.item_id = line.item_id
) AS shared ON true
WHERE purchase.shared_on <= %(as_of)s
    AND (
        shared.quantity IS DISTINCT FROM line.quantity
        OR shared.amount IS DISTINCT FROM line.cost
        OR shared.moved IS DISTINCT FROM line.quantity
    )
ORDER BY purchase.id, line.item_id
