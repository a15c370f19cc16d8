-- Every entry has the same sum on both sides.
SELECT entry.id AS entry, entry.reference, sum(line.debit)::bigint AS debit, sum(line.credit)::bigint AS credit
FROM ledger_entry AS entry
JOIN ledger_line AS line ON line.entry_id = entry.id
WHERE entry.date <= %(as_of)s
GROUP BY entry.id
HAVING sum(line.debit) <> sum(line.credit)
ORDER BY entry.id
