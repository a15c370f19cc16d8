-- Every line carries the date of its entry, an account of its unit, and a member where the account needs one.
SELECT line.id AS line, entry.reference, entry.date AS entry_date, line.date AS line_date, entry.unit, account.unit AS account_unit,
    account.code, line.member_id AS member
FROM ledger_line AS line
JOIN ledger_entry AS entry ON entry.id = line.entry_id
JOIN ledger_account AS account ON account.id = line.account_id
WHERE least(line.date, entry.date) <= %(as_of)s
    AND (
        line.date <> entry.date
        OR account.unit <> entry.unit
        OR (account.needs_member AND line.member_id IS NULL)
    )
ORDER BY line.id
