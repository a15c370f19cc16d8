-- The least that a workshop holds of an item on a day and on every later day: what can be taken out on that day.
SELECT least(
    coalesce(sum(day.quantity) FILTER (WHERE day."on" <= %(since)s), 0),
    min(day.running) FILTER (WHERE day."on" > %(since)s)
)
FROM (
    SELECT movement."on", sum(movement.quantity) AS quantity,
        sum(sum(movement.quantity)) OVER (ORDER BY movement."on") AS running
    FROM stock_stockmovement AS movement
    WHERE movement.member_id = %(member)s AND movement.item_id = %(item)s
    GROUP BY movement."on"
) AS day
