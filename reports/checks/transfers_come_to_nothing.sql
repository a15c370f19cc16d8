-- What leaves the savings for a loan, or a loan for the savings, arrives there on the same day.
SELECT line.date, sum(line.debit)::bigint AS debit, sum(line.credit)::bigint AS credit
FROM ledger_line AS line
JOIN ledger_account AS account ON account.id = line.account_id
WHERE account.code = '1902' AND line.date <= %(as_of)s
GROUP BY line.date
HAVING sum(line.debit) <> sum(line.credit)
ORDER BY line.date;
