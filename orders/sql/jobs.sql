SELECT order_id, claim_id, due_on, quantity
FROM orders_jobs(%(as_of)s)
WHERE member_id = %(member)s
ORDER BY due_on, order_id, claim_id
