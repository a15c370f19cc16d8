-- The tax on savings handed over for a month is what was withheld in it, and its receipt.
SELECT payment.month, payment.amount::bigint AS paid, coalesce(withheld.amount, 0)::bigint AS withheld,
       receipt.amount::bigint AS receipt
FROM savings_savingstaxpayment AS payment
JOIN ledger_receipt AS receipt ON receipt.id = payment.receipt_id
LEFT JOIN LATERAL (
    SELECT sum(line.credit - line.debit) AS amount
    FROM ledger_line AS line
    JOIN ledger_account AS account ON account.id = line.account_id
    WHERE account.unit = 'usp' AND account.code = '2301' AND line.member_id IS NOT NULL
      AND line.date >= payment.month AND line.date < payment.month + interval '1 month'
) AS withheld ON true
WHERE payment."on" <= %(as_of)s
  AND (payment.amount <> coalesce(withheld.amount, 0) OR receipt.amount <> payment.amount
       OR receipt.entry_id <> payment.entry_id)
ORDER BY payment.month
