-- No workshop has given away more of a material or of goods than it had, on any day.
SELECT day.member_id, day.item_id, day."on", day.running AS held
FROM (
    SELECT movement.member_id, movement.item_id, movement."on",
        sum(sum(movement.quantity)) OVER (PARTITION BY movement.member_id, movement.item_id ORDER BY movement."on") AS running
    FROM stock_stockmovement AS movement
    WHERE movement."on" <= %(as_of)s
    GROUP BY movement.member_id, movement.item_id, movement."on"
) AS day
WHERE day.running < 0
ORDER BY day.member_id, day.item_id, day."on"
