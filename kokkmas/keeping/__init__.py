"""What becomes of a row once it is written: declared for every table, guarded by the database, granted accordingly."""
