-- One role and one schema per service, in the database image_audit: what docker/postgres/roles.sql does, without psql.
-- Run once by a superuser, connected to that database. The passwords are the services' defaults
-- for development; whoever opens the server to others changes them.

create role gateway login password 'gateway';
create role intake login password 'intake';
create role audit login password 'audit';
create role notification login password 'notification';

revoke all on database image_audit from public;
revoke all on schema public from public;
grant connect on database image_audit to gateway, intake, audit, notification;

create schema gateway authorization gateway;
create schema intake authorization intake;
create schema audit authorization audit;
create schema notification authorization notification;

alter role gateway set statement_timeout = '30s';
alter role intake set statement_timeout = '60s';
alter role audit set statement_timeout = '60s';
alter role notification set statement_timeout = '60s';
alter role gateway set idle_in_transaction_session_timeout = '60s';
alter role intake set idle_in_transaction_session_timeout = '60s';
alter role audit set idle_in_transaction_session_timeout = '60s';
alter role notification set idle_in_transaction_session_timeout = '60s';
