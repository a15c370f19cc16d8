-- The receipts of an entry, or their parts, are dated like it and together not larger than what it moved.
SELECT entry.id AS entry, entry.reference, moved.debit::bigint AS entry_amount, receipts.amount::bigint AS receipts_amount
FROM (
    SELECT entry_id, sum(amount) AS amount, min(issued_on) AS first_day, max(issued_on) AS last_day
    FROM (
        SELECT entry_id, amount, issued_on FROM ledger_receipt WHERE entry_id IS NOT NULL
        UNION ALL
        SELECT part.entry_id, part.amount, receipt.issued_on
        FROM ledger_receiptpart AS part
        JOIN ledger_receipt AS receipt ON receipt.id = part.receipt_id
    ) AS paper
    GROUP BY entry_id
) AS receipts
JOIN ledger_entry AS entry ON entry.id = receipts.entry_id
CROSS JOIN LATERAL (SELECT sum(debit) AS debit FROM ledger_line WHERE entry_id = entry.id) AS moved
WHERE entry.date <= %(as_of)s
    AND (receipts.amount > moved.debit OR receipts.first_day <> entry.date OR receipts.last_day <> entry.date)
ORDER BY entry.id
