-- Trades into CSV files, a folder for each day and stock, with a file '_SUCCESS' when it is visible to readers.
--
-- Flink's CSV format cannot write to S3 in 1.20 (FLINK-33536), so the lines are made here: text in quotes, NULL is empty.
-- @uses ticks.sql
-- @variable csv.path string; the folder, on any file system of Flink's

CREATE TABLE csv_files (
  line STRING,
  `day` STRING,
  ticker STRING
) PARTITIONED BY (`day`, ticker) WITH (
  'connector' = 'filesystem',
  'path' = '${csv.path}',
  'format' = 'raw',
  'sink.partition-commit.trigger' = 'process-time',
  'sink.partition-commit.delay' = '0 s',
  'sink.partition-commit.policy.kind' = 'success-file'
);

INSERT INTO csv_files
SELECT
  COALESCE('"' || REPLACE(event_id, '"', '""') || '"', '') || ',' || COALESCE('"' || REPLACE(ticker, '"', '""') || '"', '')
    || ',' || COALESCE(CAST(price AS STRING), '') || ',' || COALESCE(CAST(volume AS STRING), '')
    || ',' || DATE_FORMAT(event_time, 'yyyy-MM-dd HH:mm:ss.SSS'),
  DATE_FORMAT(event_time, 'yyyy-MM-dd'),
  ticker
FROM ticks;
