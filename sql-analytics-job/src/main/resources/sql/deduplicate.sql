-- Each trade once, by its id and time.
--
-- Copies of a trade have its time, so they are in the same window, however late they come: windows lose nothing here, bound
-- the state, and make a stream that never takes a row back. A trade is told when its window ends. Trades without an id are
-- nobody's copy: they are told at once, each.
-- @uses ticks.sql
-- @variable dedup.size interval = 10 s; length of a window: how long a trade waits, and how much state there is

CREATE TABLE unique_ticks (
  event_id STRING,
  ticker STRING,
  price DOUBLE,
  volume BIGINT,
  event_time TIMESTAMP(3)
);

INSERT INTO unique_ticks
SELECT event_id, ticker, price, volume, event_time
FROM (
  SELECT *, ROW_NUMBER() OVER (
    PARTITION BY window_start, window_end, event_id, event_time ORDER BY event_time ASC) AS copy
  FROM TABLE(TUMBLE(TABLE ticks, DESCRIPTOR(event_time), ${dedup.size}))
  WHERE event_id IS NOT NULL
)
WHERE copy = 1
UNION ALL
SELECT event_id, ticker, price, volume, event_time FROM ticks WHERE event_id IS NULL;
