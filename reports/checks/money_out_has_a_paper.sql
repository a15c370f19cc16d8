-- Whatever leaves cash or bank has its numbered paper: a receipt, a voucher, an entry by hand, a transfer or the record of a count.
SELECT entry.unit, entry.date, entry.reference, sum(line.credit)::bigint AS paid
FROM ledger_entry AS entry
JOIN ledger_line AS line ON line.entry_id = entry.id
JOIN ledger_account AS account ON account.id = line.account_id
WHERE entry.date <= %(as_of)s
    AND entry.reverses_id IS NULL
    AND account.code BETWEEN '1101' AND '1120'
    AND line.credit > 0
    AND NOT EXISTS (SELECT FROM ledger_receipt AS receipt WHERE receipt.entry_id = entry.id)
    AND NOT EXISTS (SELECT FROM ledger_receiptpart AS part WHERE part.entry_id = entry.id)
    AND NOT EXISTS (SELECT FROM treasury_voucher AS voucher WHERE voucher.entry_id = entry.id)
    AND NOT EXISTS (SELECT FROM treasury_journal AS journal WHERE journal.entry_id = entry.id)
    AND NOT EXISTS (SELECT FROM treasury_transfer AS transfer WHERE entry.id = transfer.entry_id)
    AND NOT EXISTS (SELECT FROM treasury_cashcount AS counted WHERE counted.entry_id = entry.id)
    AND NOT EXISTS (SELECT FROM activities_collectioncount AS counted WHERE counted.entry_id = entry.id)
GROUP BY entry.id
ORDER BY entry.date, entry.reference
