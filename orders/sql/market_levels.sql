-- What went to buyers, in rupiah by quarter and market level, at the prices of the orders: the cooperative's sales and
-- what members sold themselves.
SELECT extract(year FROM shipment.sent_on)::int AS year, extract(quarter FROM shipment.sent_on)::int AS number,
       coalesce(nullif(partner.market, ''), 'local') AS market, sum(round(sent.quantity * line.price))::bigint AS amount
FROM orders_shipment AS shipment
JOIN orders_shipmentline AS sent ON sent.shipment_id = shipment.id
JOIN orders_orderline AS line ON line.id = sent.line_id
JOIN orders_order AS o ON o.id = shipment.order_id
JOIN members_partner AS partner ON partner.id = o.partner_id
WHERE shipment.sent_on BETWEEN %(first)s AND %(last)s
GROUP BY 1, 2, 3
