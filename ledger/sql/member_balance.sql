-- What one member has on an account (debit − credit), from the members' index alone.
SELECT coalesce(sum(line.debit - line.credit), 0)::bigint
FROM ledger_line AS line
WHERE line.member_id = %(member)s
    AND line.date <= %(as_of)s
    AND line.account_id = (SELECT id FROM ledger_account WHERE unit = %(unit)s AND code = %(code)s)
