-- What of an order is still to be made, by the workshop itself and by others, per item.
SELECT job.item_id, sum(job.quantity) AS quantity
FROM orders_jobs(%(as_of)s) AS job
WHERE job.order_id = %(order)s
GROUP BY job.item_id
ORDER BY job.item_id
