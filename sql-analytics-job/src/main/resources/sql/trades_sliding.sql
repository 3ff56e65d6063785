-- Sliding windows: how many trades each stock had in the last window, told anew with each slide.
-- @uses ticks.sql
-- @variable sliding.size interval = 10 s; length of a window
-- @variable sliding.slide interval = 5 s; time from one window to the next; the length is a multiple of it

CREATE TABLE trades_sliding (
  ticker STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  trades BIGINT
);

INSERT INTO trades_sliding
SELECT ticker, window_start, window_end, COUNT(*)
FROM TABLE(HOP(TABLE ticks, DESCRIPTOR(event_time), ${sliding.slide}, ${sliding.size}))
GROUP BY ticker, window_start, window_end;
