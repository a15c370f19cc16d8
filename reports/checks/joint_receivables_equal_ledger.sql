-- What every member still owes for joint purchases is the same in their shares and in the ledger.
WITH owed AS (
    SELECT owed.member_id, sum(owed.amount)::bigint AS amount
    FROM (
        SELECT share.member_id, share.amount
        FROM stock_jointshare AS share
        JOIN stock_jointstep AS step ON step.id = share.step_id
        WHERE step."on" <= %(as_of)s AND (step.reversed_on IS NULL OR step.reversed_on > %(as_of)s)
        UNION ALL
        SELECT payment.member_id, -payment.amount
        FROM stock_jointpayment AS payment
        WHERE payment."on" <= %(as_of)s AND (payment.reversed_on IS NULL OR payment.reversed_on > %(as_of)s)
    ) AS owed
    GROUP BY owed.member_id
), booked AS (
    SELECT line.member_id, sum(line.debit - line.credit)::bigint AS amount
    FROM ledger_entry AS entry
    LEFT JOIN ledger_entry AS undone ON undone.id = entry.reverses_id
    JOIN ledger_line AS line ON line.entry_id = entry.id
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE coalesce(undone.reference, entry.reference) LIKE 'joint:%%' AND account.code = '1502' AND line.date <= %(as_of)s
    GROUP BY line.member_id
)
SELECT member_id, coalesce(owed.amount, 0) AS shares, coalesce(booked.amount, 0) AS ledger
FROM owed
FULL JOIN booked USING (member_id)
WHERE coalesce(owed.amount, 0) <> coalesce(booked.amount, 0)
ORDER BY member_id
