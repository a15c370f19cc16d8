-- What went to buyers and did not come back, line by line: a delivery counts on its day, a return takes off on its own.
SELECT shipment.sent_on AS moved_on, sent.line_id, sent.quantity
FROM sales_shipment AS shipment
JOIN sales_shipmentline AS sent ON sent.shipment_id = shipment.id
WHERE shipment.reversed_on IS NULL
UNION ALL
SELECT back.returned_on, gone.line_id, -gone.quantity
FROM sales_buyerreturn AS back
JOIN sales_returnline AS gone ON gone.back_id = back.id
WHERE back.reversed_on IS NULL
