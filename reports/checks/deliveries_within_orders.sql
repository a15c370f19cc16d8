-- No more of an order went to the buyer than was ordered, and no more came back or is invoiced than went.
SELECT o.number, l.id AS line, l.base_quantity AS ordered, sent.quantity AS sent, asked.quantity AS invoiced
FROM orders_orderline AS l
JOIN orders_order AS o ON o.id = l.order_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(sl.quantity), 0) AS quantity
    FROM sales_shipmentline AS sl
    JOIN sales_shipment AS s ON s.id = sl.shipment_id AND s.order_id = l.order_id
    WHERE sl.line_id = l.id AND s.sent_on <= %(as_of)s AND (s.reversed_on IS NULL OR s.reversed_on > %(as_of)s)
) AS sent
CROSS JOIN LATERAL (
    SELECT coalesce(sum(il.quantity), 0) AS quantity
    FROM sales_invoiceline AS il
    JOIN sales_invoice AS i ON i.id = il.invoice_id
    WHERE il.line_id = l.id AND i.issued_on <= %(as_of)s AND (i.reversed_on IS NULL OR i.reversed_on > %(as_of)s)
) AS asked
CROSS JOIN LATERAL (
    SELECT coalesce(sum(rl.quantity) FILTER (WHERE b.invoice_id IS NULL), 0) AS uninvoiced,
        coalesce(sum(rl.quantity), 0) AS quantity
    FROM sales_returnline AS rl
    JOIN sales_buyerreturn AS b ON b.id = rl.back_id AND b.order_id = l.order_id
    WHERE rl.line_id = l.id AND b.returned_on <= %(as_of)s AND (b.reversed_on IS NULL OR b.reversed_on > %(as_of)s)
) AS back
WHERE sent.quantity > l.base_quantity OR asked.quantity > sent.quantity - back.uninvoiced OR back.quantity > sent.quantity
ORDER BY o.number, l.id
