-- Cumulative windows: the volume of each stock since the start of the day, told anew with each step.
-- @uses ticks.sql
-- @variable cumulative.size interval = 1 d; after this the sum begins anew
-- @variable cumulative.step interval = 1 min; time from one result to the next; the size is a multiple of it

CREATE TABLE volume_cumulative (
  ticker STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  trades BIGINT,
  volume BIGINT
);

INSERT INTO volume_cumulative
SELECT ticker, window_start, window_end, COUNT(*), SUM(volume)
FROM TABLE(CUMULATE(TABLE ticks, DESCRIPTOR(event_time), ${cumulative.step}, ${cumulative.size}))
GROUP BY ticker, window_start, window_end;
