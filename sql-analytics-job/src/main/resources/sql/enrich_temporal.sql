-- Each trade with the company as it was at the time of the trade: moves and new names count from their time on.
--
-- A trade waits until the watermarks of both tables have passed its time, so that no change comes after it. Where no company
-- changes for a while, trades wait no longer than the idle time; a change that comes after that counts from then on. The
-- idle time holds for all tables of the queries that run together.
-- The state holds the trades that wait, and of each company its last version and those that the watermark has not passed.
-- @uses ticks.sql
-- @variable changes.lateness interval = 5 s; how far a change may come behind the newest one
-- @variable changes.idle string = 1 min; trades do not wait for a table from which nothing has come for so long

SET 'table.exec.source.idle-timeout' = '${changes.idle}';

CREATE TABLE company_changes (
  ticker STRING,
  company_name STRING,
  city STRING,
  state STRING,
  valid_from TIMESTAMP(3),
  PRIMARY KEY (ticker) NOT ENFORCED,
  WATERMARK FOR valid_from AS valid_from - ${changes.lateness}
);

CREATE TABLE ticks_with_company_then (
  ticker STRING,
  price DOUBLE,
  event_time TIMESTAMP(3),
  company_name STRING,
  city STRING,
  state STRING
);

INSERT INTO ticks_with_company_then
SELECT t.ticker, t.price, t.event_time, c.company_name, c.city, c.state
FROM ticks AS t
LEFT JOIN company_changes FOR SYSTEM_TIME AS OF t.event_time AS c ON t.ticker = c.ticker;
