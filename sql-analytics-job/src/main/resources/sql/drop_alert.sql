-- Alert: a price falls by so much within so much time.
--
-- A, the start, has a condition: a price below the drop cannot fall by it, unless prices are negative.
-- B, what lies between, is never above A: a higher price is the better start, and ends this partial match. So the open
-- partial matches are those rows alone that no later row is higher than, and a drop is told at once.
-- C completes the drop. B and C exclude each other, so a row fits one way only. Drops share no row.
-- @uses ticks.sql
-- @variable drop.amount number = 500; the least fall of the price
-- @variable drop.within interval = 10 min; a drop takes less than this

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
FROM (SELECT ticker, price, event_time FROM ticks WHERE ticker IS NOT NULL AND price IS NOT NULL)
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
  PATTERN (A B* C) WITHIN ${drop.within}
  DEFINE
    A AS A.price >= ${drop.amount},
    B AS B.price > A.price - ${drop.amount} AND B.price <= A.price,
    C AS C.price <= A.price - ${drop.amount}
);
