-- What came back is credited at the agreed prices, no more than was invoiced, and posted where the cooperative sells; no more is given back than was paid too much.
SELECT b.number, b.amount, lines.amount::bigint AS lines, entry.sales, entry.cost, invoice.credited::bigint AS credited,
    invoice.given_back::bigint AS given_back
FROM sales_buyerreturn AS b
JOIN orders_order AS o ON o.id = b.order_id
LEFT JOIN sales_invoice AS i ON i.id = b.invoice_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(round(rl.quantity * l.price)) FILTER (WHERE b.invoice_id IS NOT NULL), 0) AS amount,
        bool_or(rl.quantity > coalesce(il.quantity, 0)) FILTER (WHERE b.invoice_id IS NOT NULL) AS more
    FROM sales_returnline AS rl
    JOIN orders_orderline AS l ON l.id = rl.line_id AND l.order_id = b.order_id
    LEFT JOIN sales_invoiceline AS il ON il.invoice_id = b.invoice_id AND il.line_id = rl.line_id
    WHERE rl.back_id = b.id
) AS lines
CROSS JOIN LATERAL (
    SELECT sum(line.debit) FILTER (WHERE account.code = '4202')::bigint AS sales,
        coalesce(sum(line.credit) FILTER (WHERE account.code = '5301'), 0)::bigint AS cost
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE line.entry_id = b.entry_id
) AS entry
CROSS JOIN LATERAL (
    SELECT coalesce((
            SELECT sum(c.amount) FROM sales_buyerreturn AS c
            WHERE c.invoice_id = i.id AND c.returned_on <= %(as_of)s
                AND (c.reversed_on IS NULL OR c.reversed_on > %(as_of)s)
        ), 0) AS credited,
        coalesce((
            SELECT sum(p.amount) FILTER (WHERE p.kind = 'invoice') FROM sales_buyerpayment AS p
            WHERE p.invoice_id = i.id AND p.paid_on <= %(as_of)s AND (p.reversed_on IS NULL OR p.reversed_on > %(as_of)s)
        ), 0) AS paid,
        coalesce((
            SELECT sum(p.amount) FROM sales_buyerpayment AS p
            WHERE p.invoice_id = i.id AND p.kind = 'returned' AND p.paid_on <= %(as_of)s
                AND (p.reversed_on IS NULL OR p.reversed_on > %(as_of)s)
        ), 0) AS given_back
) AS invoice
WHERE b.returned_on <= %(as_of)s
    AND (
        lines.amount <> b.amount
        OR lines.more
        OR i.order_id <> b.order_id
        OR (b.invoice_id IS NOT NULL AND o.seller = 'cooperative') <> (b.entry_id IS NOT NULL)
        OR (entry.sales, entry.cost) <> (b.amount, b.member_part)
        OR invoice.credited > i.amount
        OR invoice.given_back > greatest(invoice.paid + i.deposit_used + invoice.credited - i.amount, 0)
    )
ORDER BY b.number
