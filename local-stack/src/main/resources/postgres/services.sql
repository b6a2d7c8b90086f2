-- One role and one schema per service, in the database image_audit.
-- Run once by a superuser, connected to that database. The passwords are the services' defaults
-- for development; whoever opens the server to others changes them.

revoke all on schema public from public;

create role gateway login password 'gateway';
create schema gateway authorization gateway;

create role intake login password 'intake';
create schema intake authorization intake;

create role audit login password 'audit';
create schema audit authorization audit;

create role notification login password 'notification';
create schema notification authorization notification;
