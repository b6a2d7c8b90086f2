#!/bin/sh
# Run by the PostgreSQL image when it makes an empty database.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set gateway="$GATEWAY_DB_PASSWORD" \
  --set intake="$INTAKE_DB_PASSWORD" \
  --set audit="$AUDIT_DB_PASSWORD" \
  --set notification="$NOTIFICATION_DB_PASSWORD" \
  --file /roles.sql
