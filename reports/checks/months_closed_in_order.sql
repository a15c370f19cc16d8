-- No closed month follows an open one.
SELECT later.unit, earlier.month AS open_month, later.month AS closed_month
FROM ledger_period AS later
JOIN ledger_period AS earlier
    ON earlier.unit = later.unit AND earlier.month = (later.month - interval '1 month')::date
WHERE later.closed_on IS NOT NULL AND earlier.closed_on IS NULL AND later.month <= %(as_of)s
ORDER BY later.unit, later.month
