-- What one unit owes the other, the other has as a claim: the accounts between them add up to nothing.
SELECT sum(line.debit)::bigint AS debit, sum(line.credit)::bigint AS credit
FROM ledger_line AS line
JOIN ledger_account AS account ON account.id = line.account_id
WHERE account.code = '1901' AND line.date <= %(as_of)s
HAVING sum(line.debit) <> sum(line.credit)
