-- So many trades of a stock in a row, each below the one before it.
-- @uses ticks.sql
-- @variable falls.number number = 3; how many falls in a row
-- @variable falls.within interval = 10 min; they take less than this

CREATE TABLE falls_in_a_row (
  ticker STRING,
  start_time TIMESTAMP(3),
  end_time TIMESTAMP(3),
  start_price DOUBLE,
  end_price DOUBLE
);

INSERT INTO falls_in_a_row
SELECT ticker, start_time, end_time, start_price, end_price
FROM (SELECT ticker, price, event_time FROM ticks WHERE ticker IS NOT NULL AND price IS NOT NULL)
MATCH_RECOGNIZE (
  PARTITION BY ticker
  ORDER BY event_time
  MEASURES
    A.event_time AS start_time,
    LAST(F.event_time) AS end_time,
    A.price AS start_price,
    LAST(F.price) AS end_price
  ONE ROW PER MATCH
  AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A F{${falls.number}}) WITHIN ${falls.within}
  DEFINE
    A AS A.price > 0,
    F AS F.price < LAST(F.price, 1) OR (LAST(F.price, 1) IS NULL AND F.price < A.price)
);
