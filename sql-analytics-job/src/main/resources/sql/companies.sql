-- Companies by symbol: a small CSV file, kept in memory and read anew in intervals.
-- @variable companies.path string; the file, on any file system of Flink's
-- @variable companies.reload string = 10 min; how old the copy in memory may become

CREATE TABLE companies (
  ticker STRING,
  company_name STRING,
  city STRING,
  state STRING
) WITH (
  'connector' = 'sluice-lookup',
  'path' = '${companies.path}',
  'reload' = '${companies.reload}',
  'format' = 'csv'
);
