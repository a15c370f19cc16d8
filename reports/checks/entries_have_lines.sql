-- Every entry has at least two lines.
SELECT entry.id AS entry, entry.reference, count(line.id) AS lines
FROM ledger_entry AS entry
LEFT JOIN ledger_line AS line ON line.entry_id = entry.id
WHERE entry.date <= %(as_of)s
GROUP BY entry.id
HAVING count(line.id) < 2
ORDER BY entry.id
