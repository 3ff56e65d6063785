-- Tumbling windows: number, volume and highest price of the trades of each stock.
-- @uses ticks.sql
-- @variable tumble.size interval = 1 min; length of a window

CREATE TABLE volume_per_window (
  ticker STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  trades BIGINT,
  volume BIGINT,
  max_price DOUBLE
);

INSERT INTO volume_per_window
SELECT ticker, window_start, window_end, COUNT(*), SUM(volume), MAX(price)
FROM TABLE(TUMBLE(TABLE ticks, DESCRIPTOR(event_time), ${tumble.size}))
GROUP BY ticker, window_start, window_end;
