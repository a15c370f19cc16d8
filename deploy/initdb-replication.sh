#!/bin/sh
# Lets the standby follow the primary: the entrypoint of the postgres image runs this once, on an empty volume.
set -eu
echo "host replication $POSTGRES_USER samenet scram-sha-256" >> "$PGDATA/pg_hba.conf"
