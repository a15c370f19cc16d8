-- Who could make a part of so many pieces of an item until a day: has the skill and room, few jobs first, most room.
SELECT member.id, member.name, room.free, coalesce(busy.jobs, 0)::int AS jobs,
       asking.until_on AS asks_until
FROM orders_free(%(as_of)s, %(item)s, %(until)s, NULL) AS room
JOIN members_member AS member ON member.id = room.member_id
JOIN members_business AS business ON business.member_id = member.id
JOIN pricing_item AS item ON item.id = %(item)s
LEFT JOIN (
    SELECT job.member_id, count(DISTINCT (job.order_id, job.claim_id)) AS jobs
    FROM orders_jobs(%(as_of)s) AS job
    GROUP BY job.member_id
) AS busy ON busy.member_id = member.id
LEFT JOIN orders_freehands AS asking ON asking.member_id = member.id
    AND asking.ended_on IS NULL AND asking.told_on <= %(as_of)s AND asking.until_on >= %(as_of)s
WHERE room.free > 0
    AND member.id <> %(holder)s
    AND member.entered_on <= %(as_of)s
    AND (member.left_on IS NULL OR member.left_on > %(as_of)s)
    AND (
        item.skill_id IS NULL
        OR EXISTS (
            SELECT FROM members_business_skills AS has
            WHERE has.business_id = business.id AND has.skill_id = item.skill_id
        )
    )
ORDER BY coalesce(busy.jobs, 0), room.free DESC, member.id
LIMIT %(limit)s
