-- The interest of every member's savings in a month is the same in the passbook and in the ledger.
WITH passbook AS (
    SELECT member_id, date_trunc('month', "on")::date AS month,
           sum(CASE direction WHEN 'deposit' THEN amount ELSE -amount END)::bigint AS amount
    FROM savings_movement
    WHERE purpose = 'interest' AND "on" <= %(as_of)s
    GROUP BY 1, 2
), ledger AS (
    SELECT line.member_id, date_trunc('month', line.date)::date AS month, sum(line.debit - line.credit)::bigint AS amount
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE account.unit = 'usp' AND account.code = '5101' AND line.member_id IS NOT NULL AND line.date <= %(as_of)s
    GROUP BY 1, 2
)
SELECT member_id, month, coalesce(passbook.amount, 0)::bigint AS passbook, coalesce(ledger.amount, 0)::bigint AS ledger
FROM passbook
FULL JOIN ledger USING (member_id, month)
WHERE coalesce(passbook.amount, 0) <> coalesce(ledger.amount, 0)
ORDER BY member_id, month
