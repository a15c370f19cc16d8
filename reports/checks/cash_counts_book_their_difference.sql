-- A difference that was counted in the cash box is booked, with its sum, on the day of the count.
SELECT count.id AS count, count.difference, booked.amount AS ledger
FROM treasury_cashcount AS count
CROSS JOIN LATERAL (
    SELECT coalesce(sum(line.debit - line.credit), 0)::bigint AS amount
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE line.entry_id = count.entry_id AND account.code = '1101' AND account.unit = count.unit AND line.date = count."on"
) AS booked
WHERE count."on" <= %(as_of)s AND count.difference <> booked.amount
ORDER BY count.id
