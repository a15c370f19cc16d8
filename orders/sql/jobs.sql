-- What a workshop has promised, with the minutes a piece of it takes.
SELECT j.order_id, j.claim_id, j.line_id, j.item_id, j.due_on, j.quantity, i.cutting, i.sewing, i.lasting, i.finishing
FROM orders_jobs(%(as_of)s) j
CROSS JOIN LATERAL orders_minutes(j.member_id, j.item_id) i
WHERE j.member_id = %(member)s
ORDER BY j.due_on, j.order_id, j.claim_id, j.line_id
