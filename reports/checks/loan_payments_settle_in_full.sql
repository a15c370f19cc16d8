-- The parts of every repayment add up to its amount, and they settle instalments of its own loan.
SELECT repayment.id, loan.number, repayment.amount, coalesce(sum(part.penalty + part.interest + part.fee + part.principal), 0)::bigint
    AS settled
FROM loans_repayment AS repayment
JOIN loans_loan AS loan ON loan.id = repayment.loan_id
LEFT JOIN loans_repaymentpart AS part ON part.repayment_id = repayment.id
LEFT JOIN loans_instalment AS instalment ON instalment.id = part.instalment_id
WHERE repayment.paid_on <= %(as_of)s
GROUP BY repayment.id, loan.number
HAVING coalesce(sum(part.penalty + part.interest + part.fee + part.principal), 0) <> repayment.amount
    OR bool_or(instalment.loan_id <> repayment.loan_id);
