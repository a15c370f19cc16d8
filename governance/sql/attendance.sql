-- How many meetings each member came to, of those held after one day and until another while they were members.
-- A meeting whose list nobody has written yet counts for nobody. `member` limits it to one.
SELECT
    member.id AS member_id,
    count(attendance.id)::int AS came,
    count(*)::int AS held
FROM members_member AS member
JOIN governance_meeting AS meeting
    ON meeting.on > greatest(%(since)s::date, member.entered_on - 1)
    AND meeting.on <= %(as_of)s
    AND (member.left_on IS NULL OR meeting.on < member.left_on)
LEFT JOIN governance_attendance AS attendance ON attendance.meeting_id = meeting.id AND attendance.member_id = member.id
WHERE member.entered_on <= %(as_of)s
    AND (%(member)s::bigint IS NULL OR member.id = %(member)s::bigint)
    AND EXISTS (SELECT FROM governance_attendance AS somebody WHERE somebody.meeting_id = meeting.id)
GROUP BY member.id;
