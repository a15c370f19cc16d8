-- The first schedule of a loan repays its principal exactly, and every loan paid out has one.
SELECT loan.id, loan.number, loan.principal, coalesce(sum(instalment.principal), 0)::bigint AS scheduled
FROM loans_loan AS loan
LEFT JOIN loans_instalment AS instalment ON instalment.loan_id = loan.id AND instalment.version = 1
WHERE loan.disbursed_on <= %(as_of)s
GROUP BY loan.id
HAVING coalesce(sum(instalment.principal), 0) <> loan.principal;
