-- Every entry is dated in a month that the unit's books know.
SELECT entry.id AS entry, entry.reference, entry.unit, entry.date
FROM ledger_entry AS entry
LEFT JOIN ledger_period AS period
    ON period.unit = entry.unit AND period.month = entry.date - extract(day FROM entry.date)::int + 1
WHERE entry.date <= %(as_of)s AND period.id IS NULL
ORDER BY entry.id
