-- The seal of every closed month fits its lines and the seal of the month before.
SELECT unit, month, seal, ledger_seal(id) AS seal_of_the_lines
FROM ledger_period
WHERE closed_on IS NOT NULL AND month <= %(as_of)s AND seal <> ledger_seal(id)
ORDER BY unit, month
