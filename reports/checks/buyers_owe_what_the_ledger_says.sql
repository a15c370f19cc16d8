-- What buyers owe the cooperative and have left with it as deposits is the same in the invoices and in the ledger.
WITH invoice AS (
    SELECT i.id, i.amount, i.deposit_used
    FROM sales_invoice AS i
    JOIN orders_order AS o ON o.id = i.order_id AND o.seller = 'cooperative'
    WHERE i.issued_on <= %(as_of)s AND (i.reversed_on IS NULL OR i.reversed_on > %(as_of)s)
), money AS (
    SELECT p.kind, sum(p.amount) AS amount
    FROM sales_buyerpayment AS p
    JOIN orders_order AS o ON o.id = p.order_id AND o.seller = 'cooperative'
    WHERE p.paid_on <= %(as_of)s AND (p.reversed_on IS NULL OR p.reversed_on > %(as_of)s)
    GROUP BY p.kind
), credited AS (
    SELECT coalesce(sum(b.amount), 0) AS amount
    FROM sales_buyerreturn AS b
    JOIN orders_order AS o ON o.id = b.order_id AND o.seller = 'cooperative'
    WHERE b.returned_on <= %(as_of)s AND (b.reversed_on IS NULL OR b.reversed_on > %(as_of)s)
), expected AS (
    SELECT '1501' AS code,
        (SELECT coalesce(sum(amount - deposit_used), 0) FROM invoice) - (SELECT amount FROM credited)
        - coalesce((SELECT amount FROM money WHERE kind = 'invoice'), 0)
        + coalesce((SELECT amount FROM money WHERE kind = 'returned'), 0) AS amount
    UNION ALL
    SELECT '2403',
        coalesce((SELECT amount FROM money WHERE kind = 'deposit'), 0)
        - coalesce((SELECT amount FROM money WHERE kind = 'refund'), 0)
        - (SELECT coalesce(sum(deposit_used), 0) FROM invoice)
), booked AS (
    SELECT account.code, sum(CASE account.code WHEN '1501' THEN line.debit - line.credit ELSE line.credit - line.debit END) AS amount
    FROM ledger_account AS account
    JOIN ledger_line AS line ON line.account_id = account.id
    JOIN ledger_entry AS entry ON entry.id = line.entry_id
    LEFT JOIN ledger_entry AS origin ON origin.id = entry.reverses_id
    WHERE account.unit = 'umum' AND account.code IN ('1501', '2403') AND line.date <= %(as_of)s
        AND coalesce(origin.reference, entry.reference) ~ '^(invoice|buyer|return):'
    GROUP BY account.code
)
SELECT code AS account, expected.amount::bigint AS invoices, coalesce(booked.amount, 0)::bigint AS ledger
FROM expected
LEFT JOIN booked USING (code)
WHERE expected.amount <> coalesce(booked.amount, 0)
ORDER BY code
