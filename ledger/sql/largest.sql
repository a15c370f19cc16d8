-- The largest single line of the entries whose reference is like `of`, since a day; what was reversed does not count.
SELECT max(greatest(line.debit, line.credit))
FROM ledger_entry AS entry
JOIN ledger_line AS line ON line.entry_id = entry.id
WHERE entry.reference LIKE %(of)s
    AND entry.date >= %(since)s
    AND NOT EXISTS (SELECT FROM ledger_entry AS reversal WHERE reversal.reverses_id = entry.id)
