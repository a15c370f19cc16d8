-- Vouchers, entries by hand and transfers of a year are numbered from 1 to the last without a gap. Looks at all, whatever the day.
SELECT given.number AS missing
FROM (
    SELECT concat_ws('-', series, year, lpad(n::text, greatest(4, length(n::text)), '0')) AS number
    FROM ledger_numbering
    CROSS JOIN LATERAL generate_series(1, last) AS n
    WHERE series IN ('BKM', 'BKK', 'JU', 'BPB')
) AS given
LEFT JOIN treasury_voucher AS voucher ON voucher.number = given.number
LEFT JOIN treasury_journal AS journal ON journal.number = given.number
LEFT JOIN treasury_transfer AS transfer ON transfer.number = given.number
WHERE voucher.id IS NULL AND journal.id IS NULL AND transfer.id IS NULL
ORDER BY 1
