-- Every material that somebody holds on a day, with how many hold it.
SELECT item.id, item.name, unit.name AS unit, count(*)::int AS holders
FROM (
    SELECT movement.item_id, movement.member_id
    FROM stock_stockmovement AS movement
    WHERE movement."on" <= %(as_of)s
    GROUP BY movement.item_id, movement.member_id
    HAVING sum(movement.quantity) > 0
) AS held
JOIN pricing_item AS item ON item.id = held.item_id AND item.kind = 'material'
JOIN pricing_unit AS unit ON unit.id = item.base_unit_id
GROUP BY item.id, item.name, unit.name
ORDER BY item.name
