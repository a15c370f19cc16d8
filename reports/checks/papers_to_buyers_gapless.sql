-- Delivery notes, invoices and returns of a year are numbered from 1 to the last without a gap. Looks at all, whatever the day.
SELECT given.number AS missing
FROM (
    SELECT concat_ws('-', series, year, lpad(n::text, greatest(4, length(n::text)), '0')) AS number
    FROM ledger_numbering
    CROSS JOIN LATERAL generate_series(1, last) AS n
    WHERE series IN ('SJ', 'FK', 'RT')
) AS given
LEFT JOIN sales_shipment AS shipment ON shipment.number = given.number
LEFT JOIN sales_invoice AS invoice ON invoice.number = given.number
LEFT JOIN sales_buyerreturn AS back ON back.number = given.number
WHERE shipment.id IS NULL AND invoice.id IS NULL AND back.id IS NULL
ORDER BY 1
