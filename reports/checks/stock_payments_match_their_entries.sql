-- What is paid for lent material is the agreed price, and at the treasurer's it goes into the lender's savings.
SELECT part.id AS returned, part.amount, round(part.quantity * loan.price)::bigint AS agreed,
    booked.amount AS booked, saved.amount AS saved
FROM stock_stockreturn AS part
JOIN stock_stockloan AS loan ON loan.id = part.loan_id
LEFT JOIN savings_movement AS saved ON saved.id = part.savings_id
LEFT JOIN LATERAL (
    SELECT sum(line.debit)::bigint AS amount FROM ledger_line AS line WHERE line.entry_id = part.entry_id
) AS booked ON true
WHERE part.confirmed_on <= %(as_of)s
    AND part.way <> 'goods'
    AND (
        part.amount <> round(part.quantity * loan.price)
        OR part.way = 'savings' AND (
            booked.amount IS DISTINCT FROM part.amount
            OR saved.amount IS DISTINCT FROM part.amount
            OR saved.member_id IS DISTINCT FROM loan.lender_id
        )
    )
ORDER BY part.id
