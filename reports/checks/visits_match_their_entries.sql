-- What was given on a visit to the sick stands in the ledger under solidarity.
SELECT visit.id AS visit, visit.amount, booked.amount AS ledger
FROM activities_visit AS visit
CROSS JOIN LATERAL (
    SELECT coalesce(sum(line.debit), 0)::bigint AS amount
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE line.entry_id = visit.entry_id AND account.code = '5401' AND line.date = visit."on"
) AS booked
WHERE visit."on" <= %(as_of)s AND visit.amount <> booked.amount
ORDER BY visit.id
