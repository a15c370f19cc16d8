-- An entry and its lines in one round trip. An unknown account code leaves account_id empty, which the table refuses.
WITH entry AS (
    INSERT INTO ledger_entry (unit, date, reference, memo, posted_by_id)
    VALUES (%(unit)s, %(date)s, %(reference)s, %(memo)s, %(by)s)
    RETURNING id, unit, date
), line AS (
    INSERT INTO ledger_line (entry_id, account_id, member_id, date, debit, credit)
    SELECT entry.id, account.id, line.member_id, entry.date, line.debit, line.credit
    FROM entry
    CROSS JOIN unnest(
        %(codes)s::text[], %(members)s::bigint[], %(debits)s::bigint[], %(credits)s::bigint[]
    ) WITH ORDINALITY AS line (code, member_id, debit, credit, position)
    LEFT JOIN ledger_account AS account ON account.unit = entry.unit AND account.code = line.code
    ORDER BY line.position
)
SELECT id FROM entry
