-- Each trade with the company as it was at the time of the trade: moves and new names count from their time on.
--
-- The state holds a row per company and version, until the watermark has passed the next version.
-- @uses ticks.sql

CREATE TABLE company_changes (
  ticker STRING,
  company_name STRING,
  city STRING,
  state STRING,
  valid_from TIMESTAMP(3),
  WATERMARK FOR valid_from AS valid_from
);

CREATE TABLE ticks_with_company_then (
  ticker STRING,
  price DOUBLE,
  event_time TIMESTAMP(3),
  company_name STRING,
  city STRING,
  state STRING
);

-- Flink takes this form for a table with versions.
CREATE TEMPORARY VIEW company_versions AS
SELECT ticker, company_name, city, state, valid_from
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY ticker ORDER BY valid_from DESC) AS newest
  FROM company_changes
)
WHERE newest = 1;

INSERT INTO ticks_with_company_then
SELECT t.ticker, t.price, t.event_time, c.company_name, c.city, c.state
FROM ticks AS t
LEFT JOIN company_versions FOR SYSTEM_TIME AS OF t.event_time AS c ON t.ticker = c.ticker;
