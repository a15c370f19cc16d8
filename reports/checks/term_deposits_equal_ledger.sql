-- The running term deposits of every member are what the ledger has on their term savings.
WITH deposits AS (
    SELECT member_id, sum(amount)::bigint AS amount
    FROM savings_termdeposit
    WHERE opened_on <= %(as_of)s AND (closed_on IS NULL OR closed_on > %(as_of)s)
    GROUP BY member_id
), ledger AS (
    SELECT line.member_id, sum(line.credit - line.debit)::bigint AS amount
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE account.unit = 'usp' AND account.code = '2102' AND line.date <= %(as_of)s
    GROUP BY line.member_id
)
SELECT member_id, coalesce(deposits.amount, 0)::bigint AS deposits, coalesce(ledger.amount, 0)::bigint AS ledger
FROM deposits
FULL JOIN ledger USING (member_id)
WHERE coalesce(deposits.amount, 0) <> coalesce(ledger.amount, 0)
ORDER BY member_id
