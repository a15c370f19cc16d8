-- The dues of every member are the same in the list of dues and in the income of the general unit.
WITH paid AS (
    SELECT member_id, sum(amount) AS amount
    FROM activities_duespayment
    WHERE "on" <= %(as_of)s AND (reversed_on IS NULL OR reversed_on > %(as_of)s)
    GROUP BY member_id
), booked AS (
    SELECT line.member_id, sum(line.credit - line.debit) AS amount
    FROM ledger_account AS account
    JOIN ledger_line AS line ON line.account_id = account.id
    WHERE account.unit = 'umum' AND account.code = '4201' AND line.member_id IS NOT NULL AND line.date <= %(as_of)s
    GROUP BY line.member_id
)
SELECT member_id, coalesce(paid.amount, 0)::bigint AS dues, coalesce(booked.amount, 0)::bigint AS ledger
FROM paid
FULL JOIN booked USING (member_id)
WHERE coalesce(paid.amount, 0) <> coalesce(booked.amount, 0)
ORDER BY member_id
