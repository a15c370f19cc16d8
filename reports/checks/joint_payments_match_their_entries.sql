-- What a member paid for a share of a joint purchase stands in the ledger and, out of savings, in the passbook.
SELECT payment.id AS payment, payment.amount, booked.amount AS booked, taken.amount AS taken
FROM stock_jointpayment AS payment
LEFT JOIN savings_movement AS taken ON taken.id = payment.savings_id
LEFT JOIN LATERAL (
    SELECT sum(line.credit)::bigint AS amount
    FROM ledger_line AS line
    WHERE line.entry_id = payment.entry_id AND line.member_id = payment.member_id
) AS booked ON true
WHERE payment."on" <= %(as_of)s
    AND (
        booked.amount IS DISTINCT FROM payment.amount
        OR payment.channel = 'savings'
        AND (taken.amount, taken.member_id) IS DISTINCT FROM (payment.amount, payment.member_id)
    )
ORDER BY payment.id
