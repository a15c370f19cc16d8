-- An invoice asks for its lines at the agreed prices, is posted where the cooperative sells, and is never overpaid.
SELECT i.number, i.amount, lines.amount::bigint AS lines, paid.amount::bigint AS paid, o.seller, entry.sales
FROM sales_invoice AS i
JOIN orders_order AS o ON o.id = i.order_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(round(il.quantity * l.price)), 0) AS amount
    FROM sales_invoiceline AS il
    JOIN orders_orderline AS l ON l.id = il.line_id AND l.order_id = i.order_id
    WHERE il.invoice_id = i.id
) AS lines
CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.amount), 0) AS amount
    FROM sales_buyerpayment AS p
    WHERE p.invoice_id = i.id AND p.kind = 'invoice' AND p.paid_on <= %(as_of)s AND (p.reversed_on IS NULL OR p.reversed_on > %(as_of)s)
) AS paid
CROSS JOIN LATERAL (
    SELECT sum(line.credit)::bigint AS sales
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id AND account.code = '4202'
    WHERE line.entry_id = i.entry_id
) AS entry
WHERE i.issued_on <= %(as_of)s
    AND (
        lines.amount <> i.amount
        OR paid.amount > i.amount - i.deposit_used
        OR (o.seller = 'cooperative') <> (i.entry_id IS NOT NULL)
        OR entry.sales <> i.amount
    )
ORDER BY i.number
