-- The drop alert as the posts have it, but for 'MINUTES', which is no SQL: no condition for A and C, B may rise above A.
-- @uses ticks.sql

CREATE TABLE drop_alerts (
  ticker STRING,
  initial_price_time TIMESTAMP(3),
  drop_time TIMESTAMP(3),
  drop_diff DOUBLE,
  initial_price DOUBLE,
  last_price DOUBLE
);

INSERT INTO drop_alerts
SELECT ticker, initialPriceTime, dropTime, dropDiff, initialPrice, lastPrice
FROM (SELECT ticker, price, event_time FROM ticks)
MATCH_RECOGNIZE (
  PARTITION BY ticker
  ORDER BY event_time
  MEASURES
    A.event_time AS initialPriceTime,
    C.event_time AS dropTime,
    A.price - C.price AS dropDiff,
    A.price AS initialPrice,
    C.price AS lastPrice
  ONE ROW PER MATCH
  AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A B* C) WITHIN INTERVAL '10' MINUTE
  DEFINE
    B AS B.price > A.price - 500
);
