-- What one workshop holds on a day, with what it is worth at the agreed price of that day.
SELECT item.id AS item_id, item.name AS item, item.kind, unit.name AS unit,
    sum(movement.quantity) AS quantity,
    max(movement."on") AS last_on,
    (sum(movement.quantity) * price.amount)::bigint AS worth
FROM stock_stockmovement AS movement
JOIN pricing_item AS item ON item.id = movement.item_id
JOIN pricing_unit AS unit ON unit.id = item.base_unit_id
LEFT JOIN pricing_price AS price ON price.item_id = item.id AND price.price_list_id = %(price_list)s
WHERE movement.member_id = %(member)s AND movement."on" <= %(as_of)s
GROUP BY item.id, unit.name, price.amount
ORDER BY item.kind, item.name
