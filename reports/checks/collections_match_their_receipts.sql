-- What a member handed over at a meeting is what the receipt says, of that day; reversed as a whole or not at all.
SELECT collection.id AS collection, receipt.number, collection.amount::bigint AS handed_over, receipt.amount::bigint AS receipt
FROM activities_collection AS collection
JOIN ledger_receipt AS receipt ON receipt.id = collection.receipt_id
CROSS JOIN LATERAL (
    SELECT count(*) AS parts
    FROM ledger_receiptpart AS part
    WHERE part.receipt_id = receipt.id
        AND NOT EXISTS (SELECT FROM ledger_entry AS reversal WHERE reversal.reverses_id = part.entry_id)
) AS standing
WHERE collection."on" <= %(as_of)s
    AND (collection.amount <> receipt.amount
        OR collection.member_id IS DISTINCT FROM receipt.member_id
        OR collection."on" <> receipt.issued_on
        OR (collection.reversed_on IS NOT NULL AND standing.parts > 0))
ORDER BY collection.id
