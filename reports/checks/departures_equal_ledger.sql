-- What the ledger owes every former member is what of their savings is not paid out yet.
WITH unpaid AS (
    SELECT member_id, sum(to_pay)::bigint AS amount
    FROM departures_departure
    WHERE approved_on <= %(as_of)s AND (paid_on IS NULL OR paid_on > %(as_of)s)
    GROUP BY member_id
), booked AS (
    SELECT line.member_id, sum(line.credit - line.debit)::bigint AS amount
    FROM ledger_account AS account
    JOIN ledger_line AS line ON line.account_id = account.id
    WHERE account.code = '2402' AND line.date <= %(as_of)s
    GROUP BY line.member_id
)
SELECT member_id, coalesce(unpaid.amount, 0) AS unpaid, coalesce(booked.amount, 0) AS ledger
FROM unpaid
FULL JOIN booked USING (member_id)
WHERE coalesce(unpaid.amount, 0) <> coalesce(booked.amount, 0)
ORDER BY member_id
