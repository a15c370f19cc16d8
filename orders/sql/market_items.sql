-- What went to buyers between two days, by product: how many, in rupiah, the largest first.
SELECT item.id, item.name, unit.name AS unit, sum(sent.quantity) AS quantity,
       sum(round(sent.quantity * line.price))::bigint AS amount
FROM orders_shipment AS shipment
JOIN orders_shipmentline AS sent ON sent.shipment_id = shipment.id
JOIN orders_orderline AS line ON line.id = sent.line_id
JOIN pricing_item AS item ON item.id = line.item_id
JOIN pricing_unit AS unit ON unit.id = item.base_unit_id
WHERE shipment.sent_on BETWEEN %(first)s AND %(last)s
GROUP BY item.id, unit.name
ORDER BY amount DESC, item.name
