-- What went to buyers between two days, by product: how many, in rupiah, the largest first.
SELECT item.id, item.name, unit.name AS unit, sum(sent.quantity) AS quantity,
       greatest(sum(round(sent.quantity * line.price)), 0)::bigint AS amount
FROM (
    --include sales/sql/moved.sql--
) AS sent
JOIN orders_orderline AS line ON line.id = sent.line_id
JOIN pricing_item AS item ON item.id = line.item_id
JOIN pricing_unit AS unit ON unit.id = item.base_unit_id
WHERE sent.moved_on BETWEEN %(first)s AND %(last)s
GROUP BY item.id, unit.name
ORDER BY amount DESC, item.name
