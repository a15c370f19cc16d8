-- An entry and its lines in one round trip; the function stands in ledger/migrations/sql/0003_post.sql.
SELECT ledger_post(
    %(unit)s, %(date)s, %(reference)s, %(memo)s, %(by)s,
    %(codes)s, %(members)s::bigint[], %(debits)s::bigint[], %(credits)s::bigint[]
)
