-- What every member has on an account (debit − credit).
SELECT line.member_id, sum(line.debit - line.credit)::bigint AS balance
FROM ledger_line AS line
WHERE line.member_id IS NOT NULL
    AND line.date <= %(as_of)s
    AND line.account_id = (SELECT id FROM ledger_account WHERE unit = %(unit)s AND code = %(code)s)
GROUP BY line.member_id
