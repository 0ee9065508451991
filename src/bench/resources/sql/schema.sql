-- db-scheduler's own table, from its documentation for PostgreSQL, and tables for the graph.
CREATE TABLE scheduled_tasks (
  task_name text NOT NULL,
  task_instance text NOT NULL,
  task_data bytea,
  execution_time timestamp with time zone NOT NULL,
  picked boolean NOT NULL,
  picked_by text,
  last_success timestamp with time zone,
  last_failure timestamp with time zone,
  consecutive_failures int,
  last_heartbeat timestamp with time zone,
  version bigint NOT NULL,
  priority smallint,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
CREATE TABLE action (
  id int PRIMARY KEY,
  unmet int NOT NULL,
  state text NOT NULL,
  started_at timestamp with time zone,
  finished_at timestamp with time zone
) WITH (fillfactor = 50);
CREATE TABLE edge (parent int NOT NULL, child int NOT NULL, PRIMARY KEY (parent, child));
