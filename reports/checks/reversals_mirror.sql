-- A reversal undoes every account and member of its entry, to the rupiah.
SELECT reversal.id AS entry, reversal.reference, line.account_id AS account, line.member_id AS member,
    sum(line.debit - line.credit)::bigint AS left_over
FROM ledger_entry AS reversal
JOIN ledger_line AS line ON line.entry_id IN (reversal.id, reversal.reverses_id)
WHERE reversal.reverses_id IS NOT NULL AND reversal.date <= %(as_of)s
GROUP BY reversal.id, line.account_id, line.member_id
HAVING sum(line.debit - line.credit) <> 0
ORDER BY reversal.id
