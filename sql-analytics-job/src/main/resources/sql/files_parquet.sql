-- Trades into Parquet files, a folder for each day and stock, with a file '_SUCCESS' when it is visible to readers.
-- @uses ticks.sql
-- @variable parquet.path string; the folder, on any file system of Flink's

CREATE TABLE parquet_files (
  event_id STRING,
  price DOUBLE,
  volume BIGINT,
  event_time TIMESTAMP(3),
  `day` STRING,
  ticker STRING
) PARTITIONED BY (`day`, ticker) WITH (
  'connector' = 'filesystem',
  'path' = '${parquet.path}',
  'format' = 'parquet',
  'parquet.compression' = 'UNCOMPRESSED',
  'parquet.utc-timezone' = 'true',
  'sink.partition-commit.trigger' = 'process-time',
  'sink.partition-commit.delay' = '0 s',
  'sink.partition-commit.policy.kind' = 'success-file'
);

INSERT INTO parquet_files
SELECT event_id, price, volume, event_time, DATE_FORMAT(event_time, 'yyyy-MM-dd'), ticker FROM ticks;
