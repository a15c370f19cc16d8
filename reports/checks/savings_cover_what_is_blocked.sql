-- The voluntary savings of every member hold at least what is blocked of them.
WITH blocked AS (
    SELECT member_id, sum(amount)::bigint AS amount
    FROM savings_block
    WHERE blocked_on <= %(as_of)s AND (released_on IS NULL OR released_on > %(as_of)s)
    GROUP BY member_id
), saved AS (
    SELECT line.member_id, sum(line.credit - line.debit)::bigint AS amount
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE account.unit = 'usp' AND account.code = '2101' AND line.date <= %(as_of)s
    GROUP BY line.member_id
)
SELECT blocked.member_id, blocked.amount AS blocked, coalesce(saved.amount, 0)::bigint AS saved
FROM blocked
LEFT JOIN saved USING (member_id)
WHERE coalesce(saved.amount, 0) < blocked.amount
ORDER BY blocked.member_id
