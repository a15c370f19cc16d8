-- Every material and finished good that somebody holds on a day, with how many hold it: counted no further than a page can say.
SELECT item.id, item.name, item.kind, unit.name AS unit, held.holders
FROM pricing_item AS item
JOIN pricing_unit AS unit ON unit.id = item.base_unit_id
CROSS JOIN LATERAL (
    SELECT count(*)::int AS holders
    FROM (
        SELECT movement.member_id
        FROM stock_stockmovement AS movement
        WHERE movement.item_id = item.id AND movement."on" <= %(as_of)s
        GROUP BY movement.member_id
        HAVING sum(movement.quantity) > 0
        LIMIT %(most)s
    ) AS holder
) AS held
WHERE held.holders > 0
ORDER BY item.name
