-- With each trade the average price of its stock over the time before it, itself included.
-- Trades at the same time count together, so the order of arrival does not matter.
-- @uses ticks.sql
-- @variable moving.time interval = 1 min; how far back the average reaches

CREATE TABLE moving_average (
  event_id STRING,
  ticker STRING,
  price DOUBLE,
  average DOUBLE,
  event_time TIMESTAMP(3)
);

INSERT INTO moving_average
SELECT event_id, ticker, price, AVG(price) OVER (
    PARTITION BY ticker ORDER BY event_time RANGE BETWEEN ${moving.time} PRECEDING AND CURRENT ROW),
  event_time
FROM ticks;
