-- Writes into the passbooks what the entries of interest and tax just posted (those after `after`) did to them.
WITH written AS (
    INSERT INTO savings_movement (member_id, kind, direction, purpose, amount, "on", entry_id, term_id, is_carried)
    SELECT line.member_id,
           'voluntary',
           CASE WHEN line.credit > 0 THEN 'deposit' ELSE 'withdrawal' END,
           %(purpose)s,
           line.debit + line.credit,
           entry.date,
           entry.id,
           CASE split_part(entry.reference, ':', 3) WHEN 'term' THEN split_part(entry.reference, ':', 4)::bigint END,
           false
    FROM ledger_entry AS entry
    JOIN ledger_line AS line ON line.entry_id = entry.id
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE entry.unit = 'usp' AND entry.date = %(date)s AND entry.id > %(after)s
      AND starts_with(entry.reference, %(prefix)s)
      AND account.unit = 'usp' AND account.code = '2101'
    ORDER BY entry.id
    RETURNING 1
)
SELECT count(*) FROM written
