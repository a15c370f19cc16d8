-- What went to each buyer between two days, in rupiah, the largest first; of it what members sold themselves.
SELECT partner.id, partner.name, partner.market, sum(round(sent.quantity * line.price))::bigint AS amount,
       coalesce(sum(round(sent.quantity * line.price)) FILTER (WHERE o.seller = 'member'), 0)::bigint AS direct
FROM orders_shipment AS shipment
JOIN orders_shipmentline AS sent ON sent.shipment_id = shipment.id
JOIN orders_orderline AS line ON line.id = sent.line_id
JOIN orders_order AS o ON o.id = shipment.order_id
JOIN members_partner AS partner ON partner.id = o.partner_id
WHERE shipment.sent_on BETWEEN %(first)s AND %(last)s
GROUP BY partner.id
ORDER BY amount DESC, partner.name
