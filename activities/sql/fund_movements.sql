-- What happened to a fund in both units, by day and kind. A reversal counts on its day, under the kind it reverses.
SELECT
    entry.date AS "on",
    split_part(coalesce(reversed.reference, entry.reference), ':', 1) AS kind,
    count(DISTINCT entry.id)::bigint AS count,
    sum(line.credit - line.debit)::bigint AS amount
FROM ledger_account AS account
JOIN ledger_line AS line ON line.account_id = account.id
JOIN ledger_entry AS entry ON entry.id = line.entry_id
LEFT JOIN ledger_entry AS reversed ON reversed.id = entry.reverses_id
WHERE account.code = %(code)s AND line.date <= %(as_of)s
GROUP BY 1, 2
ORDER BY 1 DESC, 2
