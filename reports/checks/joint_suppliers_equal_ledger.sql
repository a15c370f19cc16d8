-- What joint purchases owe to suppliers, and what arrived and is not shared out, is the same in the ledger.
WITH bought AS (
    SELECT purchase.received_on, purchase.shared_on, purchase.paid_on, sum(line.cost)::bigint AS cost
    FROM stock_jointpurchase AS purchase
    JOIN stock_jointline AS line ON line.purchase_id = purchase.id
    WHERE purchase.received_on <= %(as_of)s
    GROUP BY purchase.id
), known AS (
    SELECT coalesce(sum(cost) FILTER (WHERE paid_on IS NULL OR paid_on > %(as_of)s), 0)::bigint AS owed,
        coalesce(sum(cost) FILTER (WHERE shared_on IS NULL OR shared_on > %(as_of)s), 0)::bigint AS stored
    FROM bought
), booked AS (
    SELECT coalesce(sum(line.credit - line.debit) FILTER (WHERE account.code = '2404'), 0)::bigint AS owed,
        coalesce(sum(line.debit - line.credit) FILTER (WHERE account.code = '1401'), 0)::bigint AS stored
    FROM ledger_entry AS entry
    JOIN ledger_line AS line ON line.entry_id = entry.id
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE entry.reference LIKE 'joint:%%' AND line.date <= %(as_of)s
)
SELECT known.owed, booked.owed AS owed_in_ledger, known.stored, booked.stored AS stored_in_ledger
FROM known CROSS JOIN booked
WHERE (known.owed, known.stored) <> (booked.owed, booked.stored)
