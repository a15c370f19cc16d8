-- Running loans on a day with what is due of each: all, those that owe something on the day, or those that are late.
SELECT due.*, member.number AS member_number, member.name, member.phone, product.name AS product
FROM (
--include loans/sql/arrears_due.sql--
) AS due
JOIN members_member AS member ON member.id = due.member_id
JOIN loans_loanproduct AS product ON product.id = due.product_id
WHERE NOT %(only_due)s OR due.method = 'daily' OR (due.due > 0 AND (due.days > 0 OR NOT %(only_late)s))
ORDER BY due.first_due_on, member.name, due.number;
