-- Each trade with the company as the file has it now; NULL for those that the file does not know.
--
-- A lookup, not a join of streams: no state, and a file that changes is seen after the reload time.
-- @uses ticks.sql
-- @uses companies.sql

CREATE TABLE ticks_with_company (
  ticker STRING,
  price DOUBLE,
  event_time TIMESTAMP(3),
  company_name STRING,
  city STRING,
  state STRING
);

INSERT INTO ticks_with_company
SELECT t.ticker, t.price, t.event_time, c.company_name, c.city, c.state
FROM (SELECT ticker, price, event_time, PROCTIME() AS now FROM ticks) AS t
LEFT JOIN companies FOR SYSTEM_TIME AS OF t.now AS c ON t.ticker = c.ticker;
