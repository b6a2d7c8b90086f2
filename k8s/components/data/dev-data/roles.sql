-- The database of the suite: one schema per service, each owned by the one role that may see it. Run once, by a
-- superuser, in an empty database (psql): the passwords come in as variables, so that this file holds none.
--
--   psql -v gateway=... -v intake=... -v audit=... -v notification=... -d image_audit -f roles.sql
--
-- Tables are the services' own matter: each brings its migrations and applies them when it starts.

\set ON_ERROR_STOP on

CREATE ROLE gateway      LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'gateway';
CREATE ROLE intake       LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'intake';
CREATE ROLE audit        LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'audit';
CREATE ROLE notification LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'notification';

-- Nobody gets in, or makes objects, by being nobody in particular.
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()) \gexec
REVOKE ALL ON SCHEMA public FROM PUBLIC;

SELECT format('GRANT CONNECT ON DATABASE %I TO gateway, intake, audit, notification', current_database()) \gexec

CREATE SCHEMA gateway      AUTHORIZATION gateway;
CREATE SCHEMA intake       AUTHORIZATION intake;
CREATE SCHEMA audit        AUTHORIZATION audit;
CREATE SCHEMA notification AUTHORIZATION notification;

-- A statement that nobody waits for any more must not hold locks for ever.
ALTER ROLE gateway      SET statement_timeout = '30s';
ALTER ROLE intake       SET statement_timeout = '60s';
ALTER ROLE audit        SET statement_timeout = '60s';
ALTER ROLE notification SET statement_timeout = '60s';
ALTER ROLE gateway      SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE intake       SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE audit        SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE notification SET idle_in_transaction_session_timeout = '60s';
