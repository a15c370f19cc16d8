-- Lines of an account, newest first, each with what the account held after it, walking back from the closing balance.
SELECT
    line.id,
    line.entry_id,
    line.date,
    entry.reference,
    entry.memo,
    line.member_id,
    member.name AS member_name,
    line.debit,
    line.credit,
    line.balance
FROM (
    SELECT
        newest.*,
        (%(closing)s + newest.debit - newest.credit
            - sum(newest.debit - newest.credit) OVER (ORDER BY newest.date DESC, newest.id DESC))::bigint AS balance
    FROM (
        SELECT id, entry_id, date, member_id, debit, credit
        FROM ledger_line
        WHERE account_id = %(account)s AND date BETWEEN %(first)s AND %(last)s
        ORDER BY date DESC, id DESC
        LIMIT %(until)s
    ) AS newest
    ORDER BY newest.date DESC, newest.id DESC
    OFFSET %(skip)s
) AS line
JOIN ledger_entry AS entry ON entry.id = line.entry_id
LEFT JOIN members_member AS member ON member.id = line.member_id
ORDER BY line.date DESC, line.id DESC
