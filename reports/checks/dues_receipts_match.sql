-- The receipt for dues is for all the months paid with it, their day and their member.
SELECT receipt.number, receipt.amount::bigint AS receipt, sum(payment.amount)::bigint AS months
FROM activities_duespayment AS payment
JOIN ledger_receipt AS receipt ON receipt.id = payment.receipt_id
WHERE payment."on" <= %(as_of)s
GROUP BY receipt.id
HAVING receipt.amount <> sum(payment.amount)
    OR bool_or(receipt.member_id IS DISTINCT FROM payment.member_id)
    OR bool_or(receipt.issued_on <> payment."on")
ORDER BY receipt.number
