-- A voucher, entry by hand or transfer is marked as reversed exactly where each of its entries was reversed.
SELECT paper.what, paper.id, paper.entry_id, paper.is_reversed, reversal.id AS reversal
FROM (
    SELECT 'voucher' AS what, id, entry_id, reversed_on IS NOT NULL AS is_reversed FROM treasury_voucher
    UNION ALL
    SELECT 'journal', id, entry_id, reversed_on IS NOT NULL FROM treasury_journal
    UNION ALL
    SELECT 'transfer', id, entry_id, reversed_on IS NOT NULL FROM treasury_transfer
    UNION ALL
    SELECT 'transfer', id, entry_of_target_id, reversed_on IS NOT NULL
    FROM treasury_transfer WHERE entry_of_target_id IS NOT NULL
) AS paper
LEFT JOIN ledger_entry AS reversal ON reversal.reverses_id = paper.entry_id
JOIN ledger_entry AS entry ON entry.id = paper.entry_id AND entry.date <= %(as_of)s
WHERE paper.is_reversed <> (reversal.id IS NOT NULL)
ORDER BY 1, 2
