-- Say of each movement which line of the books it is: two lists of keys, side by side.
UPDATE treasury_statementline AS movement
SET matched_id = pair.line, matched_on = %(on)s, matched_by_id = %(by)s
FROM unnest(%(movements)s::bigint[], %(lines)s::bigint[]) AS pair (movement, line)
WHERE movement.id = pair.movement
RETURNING movement.id
