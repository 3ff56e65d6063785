-- V shape: a price falls row by row, by so much or more, and then rises row by row above where it came from.
-- @uses ticks.sql
-- @variable v.depth number = 100; the least fall from the start to the bottom
-- @variable v.within interval = 10 min; a shape takes less than this

CREATE TABLE v_shapes (
  ticker STRING,
  start_time TIMESTAMP(3),
  end_time TIMESTAMP(3),
  start_price DOUBLE,
  bottom_price DOUBLE,
  end_price DOUBLE
);

-- D is every row between: falling, or rising once the row before it rose or was the bottom.
INSERT INTO v_shapes
SELECT ticker, start_time, end_time, start_price, bottom_price, end_price
FROM (SELECT ticker, price, event_time FROM ticks WHERE ticker IS NOT NULL AND price IS NOT NULL)
MATCH_RECOGNIZE (
  PARTITION BY ticker
  ORDER BY event_time
  MEASURES
    A.event_time AS start_time,
    E.event_time AS end_time,
    A.price AS start_price,
    MIN(D.price) AS bottom_price,
    E.price AS end_price
  ONE ROW PER MATCH
  AFTER MATCH SKIP TO LAST E
  PATTERN (A D+ E) WITHIN ${v.within}
  DEFINE
    A AS A.price >= ${v.depth},
    D AS D.price <= A.price AND (
      (LAST(D.price, 1) IS NULL AND D.price < A.price)
      OR (D.price < LAST(D.price, 1) AND (LAST(D.price, 2) IS NULL OR LAST(D.price, 1) < LAST(D.price, 2)))
      OR D.price > LAST(D.price, 1)),
    E AS E.price > A.price AND MIN(D.price) <= A.price - ${v.depth}
);
