-- The minutes of every step in one piece: as measured for everybody, or else as the workshop itself reckons, or else none.
CREATE FUNCTION orders_minutes(member bigint, item bigint)
RETURNS TABLE (cutting integer, sewing integer, lasting integer, finishing integer)
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN i.measured THEN i.cutting ELSE coalesce(e.cutting, 0) END,
           CASE WHEN i.measured THEN i.sewing ELSE coalesce(e.sewing, 0) END,
           CASE WHEN i.measured THEN i.lasting ELSE coalesce(e.lasting, 0) END,
           CASE WHEN i.measured THEN i.finishing ELSE coalesce(e.finishing, 0) END
    FROM (
        SELECT p.*, p.cutting + p.sewing + p.lasting + p.finishing > 0 AS measured
        FROM pricing_item p WHERE p.id = item
    ) i
    LEFT JOIN orders_workestimate e ON e.member_id = member AND e.item_id = i.id
$$;

-- The free capacity of workshops for an item until a day: whole pieces that can be taken on without breaking a promise,
-- NULL where nobody wrote down a capacity. Of some members, or with NULL of all. The same rule as orders/workload.py:
-- of all days from `until` on that have work promised, and of all limits the item uses, the narrowest decides.
CREATE OR REPLACE FUNCTION orders_free(as_of date, wanted bigint, until date, only_members bigint[])
RETURNS TABLE (member_id bigint, free numeric)
LANGUAGE sql STABLE AS $$
    WITH load AS (
        SELECT j.member_id, greatest(j.due_on, as_of) AS due_on, sum(j.quantity) AS pieces,
               sum(j.quantity * i.cutting) AS cutting, sum(j.quantity * i.sewing) AS sewing,
               sum(j.quantity * i.lasting) AS lasting, sum(j.quantity * i.finishing) AS finishing
        FROM orders_jobs(as_of) j
        CROSS JOIN LATERAL orders_minutes(j.member_id, j.item_id) i
        WHERE only_members IS NULL OR j.member_id = ANY(only_members)
        GROUP BY 1, 2
    ),
    deadline AS (
        SELECT b.member_id, b.id AS business_id, greatest(until, as_of) AS due_on
        FROM members_business b
        WHERE only_members IS NULL OR b.member_id = ANY(only_members)
        UNION
        SELECT load.member_id, b.id, load.due_on
        FROM load JOIN members_business b ON b.member_id = load.member_id
    ),
    needed AS (
        SELECT d.member_id, d.business_id, d.due_on,
               coalesce(sum(l.pieces) OVER w, 0) AS pieces, coalesce(sum(l.cutting) OVER w, 0) AS cutting,
               coalesce(sum(l.sewing) OVER w, 0) AS sewing, coalesce(sum(l.lasting) OVER w, 0) AS lasting,
               coalesce(sum(l.finishing) OVER w, 0) AS finishing
        FROM deadline d
        LEFT JOIN load l ON l.member_id = d.member_id AND l.due_on = d.due_on
        WINDOW w AS (PARTITION BY d.member_id ORDER BY d.due_on)
    ),
    room AS (
        SELECT n.member_id, n.business_id,
               min(can.pieces - n.pieces) AS pieces, min(can.cutting - n.cutting) AS cutting,
               min(can.sewing - n.sewing) AS sewing, min(can.lasting - n.lasting) AS lasting,
               min(can.finishing - n.finishing) AS finishing
        FROM needed n
        CROSS JOIN LATERAL orders_can(n.business_id, as_of, n.due_on) can
        WHERE n.due_on >= greatest(until, as_of)
        GROUP BY 1, 2
    )
    SELECT r.member_id,
           CASE WHEN EXISTS (SELECT FROM orders_capacity c WHERE c.business_id = r.business_id)
                THEN greatest(floor(least(
                    r.pieces, r.cutting / nullif(i.cutting, 0), r.sewing / nullif(i.sewing, 0),
                    r.lasting / nullif(i.lasting, 0), r.finishing / nullif(i.finishing, 0)
                )), 0) END
    FROM room r
    CROSS JOIN LATERAL orders_minutes(r.member_id, wanted) i
$$;
