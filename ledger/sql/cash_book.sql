-- Money that came and went in cash and at the bank, oldest first, with what the accounts stood against.
-- A reversal stands with a minus on the side that it undoes, so that what was received and paid is what really was.
SELECT
    line.entry_id,
    line.date,
    entry.reference,
    entry.memo,
    receipt.number AS receipt,
    account.code,
    CASE WHEN entry.reverses_id IS NULL THEN line.debit ELSE -line.credit END AS received,
    CASE WHEN entry.reverses_id IS NULL THEN line.credit ELSE -line.debit END AS paid,
    (%(opening)s + sum(line.debit - line.credit) OVER (ORDER BY line.date, line.id))::bigint AS balance
FROM ledger_line AS line
JOIN ledger_account AS account ON account.id = line.account_id
JOIN ledger_entry AS entry ON entry.id = line.entry_id
LEFT JOIN LATERAL (
    SELECT string_agg(number, ', ' ORDER BY number) AS number
    FROM (
        SELECT number FROM ledger_receipt WHERE entry_id = entry.id
        UNION ALL
        SELECT shared.number
        FROM ledger_receiptpart AS part
        JOIN ledger_receipt AS shared ON shared.id = part.receipt_id
        WHERE part.entry_id = entry.id
    ) AS of_entry
) AS receipt ON true
WHERE account.unit = %(unit)s
    AND account.code = ANY (%(codes)s)
    AND line.date BETWEEN %(first)s AND %(last)s
ORDER BY line.date, line.id
