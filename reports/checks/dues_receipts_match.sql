-- The receipt for dues, or its part for them, is for all the months paid with it, their day and their member.
SELECT receipt.number, coalesce(part.amount, receipt.amount)::bigint AS receipt, sum(payment.amount)::bigint AS months
FROM activities_duespayment AS payment
JOIN ledger_receipt AS receipt ON receipt.id = payment.receipt_id
LEFT JOIN ledger_receiptpart AS part ON part.receipt_id = receipt.id AND part.entry_id = payment.entry_id
WHERE payment."on" <= %(as_of)s
GROUP BY receipt.id, part.id
HAVING coalesce(part.amount, receipt.amount) <> sum(payment.amount)
    OR bool_or(receipt.member_id IS DISTINCT FROM payment.member_id)
    OR bool_or(receipt.issued_on <> payment."on")
ORDER BY receipt.number
