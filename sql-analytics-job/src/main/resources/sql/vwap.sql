-- The average price of each stock, weighted by volume, in each window; NULL if no trade has both. A trade without a price
-- counts for the volume of the window, and for no average.
-- @uses ticks.sql
-- @variable vwap.size interval = 1 min; length of a window

CREATE TABLE vwap (
  ticker STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  vwap DOUBLE,
  volume BIGINT
);

INSERT INTO vwap
SELECT ticker, window_start, window_end,
  SUM(price * volume) / NULLIF(SUM(volume) FILTER (WHERE price IS NOT NULL), 0),
  SUM(volume)
FROM TABLE(TUMBLE(TABLE ticks, DESCRIPTOR(event_time), ${vwap.size}))
GROUP BY ticker, window_start, window_end;
