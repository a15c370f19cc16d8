-- What joint purchases owe to suppliers, and what arrived and is not shared out, is the same in the ledger.
WITH standing AS (
    SELECT step.id, step.purchase_id, step.kind
    FROM stock_jointstep AS step
    WHERE step."on" <= %(as_of)s AND (step.reversed_on IS NULL OR step.reversed_on > %(as_of)s)
), known AS (
    SELECT received.purchase_id AS purchase,
        (CASE WHEN paid.id IS NULL THEN sum(line.cost) ELSE 0 END)::bigint AS owed,
        (CASE WHEN shared.id IS NULL THEN sum(line.cost) ELSE 0 END)::bigint AS stored
    FROM standing AS received
    JOIN stock_jointline AS line ON line.step_id = received.id
    LEFT JOIN standing AS paid ON paid.purchase_id = received.purchase_id AND paid.kind = 'paid'
    LEFT JOIN standing AS shared ON shared.purchase_id = received.purchase_id AND shared.kind = 'shared'
    WHERE received.kind = 'received'
    GROUP BY received.purchase_id, paid.id, shared.id
), booked AS (
    SELECT split_part(coalesce(undone.reference, entry.reference), ':', 2)::bigint AS purchase,
        coalesce(sum(line.credit - line.debit) FILTER (WHERE account.code = '2404'), 0)::bigint AS owed,
        coalesce(sum(line.debit - line.credit) FILTER (WHERE account.code = '1401'), 0)::bigint AS stored
    FROM ledger_entry AS entry
    LEFT JOIN ledger_entry AS undone ON undone.id = entry.reverses_id
    JOIN ledger_line AS line ON line.entry_id = entry.id
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE coalesce(undone.reference, entry.reference) LIKE 'joint:%%' AND line.date <= %(as_of)s
    GROUP BY 1
)
SELECT purchase, coalesce(known.owed, 0) AS owed, coalesce(booked.owed, 0) AS owed_in_ledger,
    coalesce(known.stored, 0) AS stored, coalesce(booked.stored, 0) AS stored_in_ledger
FROM known
FULL JOIN booked USING (purchase)
WHERE coalesce(known.owed, 0) <> coalesce(booked.owed, 0) OR coalesce(known.stored, 0) <> coalesce(booked.stored, 0)
ORDER BY purchase
