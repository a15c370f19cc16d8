-- How much of some items every holder has on a day; of all members, or of those given.
SELECT movement.member_id, movement.item_id, sum(movement.quantity) AS quantity
FROM stock_stockmovement AS movement
WHERE movement.item_id = ANY(%(items)s)
    AND (%(members)s::bigint[] IS NULL OR movement.member_id = ANY(%(members)s))
    AND movement."on" <= %(as_of)s
GROUP BY movement.item_id, movement.member_id
