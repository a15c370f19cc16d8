-- What one workshop hands to another arrives there: the same item, quantity and day, on two lines.
SELECT giver.id AS giver, taker.id AS taker, giver.item_id, giver.quantity AS given, taker.quantity AS taken
FROM stock_stockmovement AS giver
FULL JOIN stock_stockmovement AS taker ON taker.counterpart_id = giver.id
WHERE coalesce(giver."on", taker."on") <= %(as_of)s
    AND (giver.kind IN ('lent', 'returned', 'given') OR taker.kind IN ('borrowed', 'came_back', 'received'))
    AND (
        giver.id IS NULL OR taker.id IS NULL
        OR giver.quantity + taker.quantity <> 0
        OR giver.item_id <> taker.item_id
        OR giver."on" <> taker."on"
        OR giver.member_id = taker.member_id
        OR (giver.kind, taker.kind) NOT IN (('lent', 'borrowed'), ('returned', 'came_back'), ('given', 'received'))
    )
ORDER BY 1, 2
