-- The receipt of a deposit or withdrawal of savings, or its part for it, is for its money, its day and its member.
SELECT receipt.number, coalesce(part.amount, receipt.amount)::bigint AS receipt, sum(movement.amount)::bigint AS movements
FROM savings_movement AS movement
JOIN ledger_receipt AS receipt ON receipt.id = movement.receipt_id
LEFT JOIN ledger_receiptpart AS part ON part.receipt_id = receipt.id AND part.entry_id = movement.entry_id
WHERE movement."on" <= %(as_of)s
GROUP BY receipt.id, part.id
HAVING coalesce(part.amount, receipt.amount) <> sum(movement.amount)
    OR bool_or(receipt.member_id IS DISTINCT FROM movement.member_id)
    OR bool_or(receipt.issued_on <> movement."on")
    OR bool_or(coalesce(part.entry_id, receipt.entry_id) IS DISTINCT FROM movement.entry_id)
ORDER BY receipt.number
