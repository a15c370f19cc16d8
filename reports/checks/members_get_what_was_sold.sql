-- What the cooperative owes every member for goods it sold is the same in the invoices, the payments and the ledger.
WITH moved AS (
    SELECT o.member_id, i.member_part AS amount
    FROM sales_invoice AS i
    JOIN orders_order AS o ON o.id = i.order_id
    WHERE i.issued_on <= %(as_of)s AND (i.reversed_on IS NULL OR i.reversed_on > %(as_of)s)
    UNION ALL
    SELECT o.member_id, -b.member_part
    FROM sales_buyerreturn AS b
    JOIN orders_order AS o ON o.id = b.order_id
    WHERE b.returned_on <= %(as_of)s AND (b.reversed_on IS NULL OR b.reversed_on > %(as_of)s)
    UNION ALL
    SELECT o.member_id, CASE WHEN p.is_back THEN p.amount ELSE -p.amount END
    FROM sales_proceedspayment AS p
    JOIN sales_invoice AS i ON i.id = p.invoice_id
    JOIN orders_order AS o ON o.id = i.order_id
    WHERE p.paid_on <= %(as_of)s AND (p.reversed_on IS NULL OR p.reversed_on > %(as_of)s)
), owed AS (
    SELECT member_id, sum(amount) AS amount FROM moved GROUP BY member_id
), booked AS (
    SELECT line.member_id, sum(line.credit - line.debit) AS amount
    FROM ledger_account AS account
    JOIN ledger_line AS line ON line.account_id = account.id
    WHERE account.unit = 'umum' AND account.code = '2405' AND line.date <= %(as_of)s
    GROUP BY line.member_id
)
SELECT member_id, coalesce(owed.amount, 0)::bigint AS sales, coalesce(booked.amount, 0)::bigint AS ledger
FROM owed
FULL JOIN booked USING (member_id)
WHERE coalesce(owed.amount, 0) <> coalesce(booked.amount, 0)
ORDER BY member_id
