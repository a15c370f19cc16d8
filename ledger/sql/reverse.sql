-- The same lines with the sides exchanged, under an entry that points at the first.
WITH entry AS (
    INSERT INTO ledger_entry (unit, date, reference, memo, reverses_id, posted_by_id)
    SELECT unit, %(date)s, %(reference)s, %(memo)s, id, %(by)s
    FROM ledger_entry
    WHERE id = %(entry)s
    RETURNING id, date
), line AS (
    INSERT INTO ledger_line (entry_id, account_id, member_id, date, debit, credit)
    SELECT entry.id, line.account_id, line.member_id, entry.date, line.credit, line.debit
    FROM entry
    CROSS JOIN ledger_line AS line
    WHERE line.entry_id = %(entry)s
    ORDER BY line.id
)
SELECT id FROM entry
