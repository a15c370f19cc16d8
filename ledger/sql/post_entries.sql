-- Many entries with their lines, one row of the source per entry; the source stands in place of the marked line.
WITH source AS (
    --source--
), entry AS MATERIALIZED (
    SELECT nextval(pg_get_serial_sequence('ledger_entry', 'id')) AS id, source.*
    FROM source
), header AS (
    INSERT INTO ledger_entry (id, unit, date, reference, memo, posted_by_id)
    SELECT id, %(unit)s, %(date)s, reference, memo, %(by)s
    FROM entry
), line AS (
    INSERT INTO ledger_line (entry_id, account_id, member_id, date, debit, credit)
    SELECT entry.id, account.id, line.member_id, %(date)s, line.debit, line.credit
    FROM entry
    CROSS JOIN LATERAL unnest(entry.codes, entry.members, entry.debits, entry.credits)
        AS line (code, member_id, debit, credit)
    LEFT JOIN ledger_account AS account ON account.unit = %(unit)s AND account.code = line.code
)
SELECT count(*)::bigint AS entries, coalesce(min(cardinality(codes)), 2)::int AS fewest_lines FROM entry
