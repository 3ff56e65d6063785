-- Bounded lateness: windows over what came in time, and a table of its own for what came too late. Each row is in one of them,
-- but for the first ones after a restart or a pause.
--
-- Late is a row whose time is not above the watermark (see 'lateness' in ticks.sql). As a rule a row above it is not late for
-- the window behind either: that one's watermark is not ahead of this one's. It is after a restart, as savepoints have the
-- watermark of windows alone, and while an input was idle, as windows go on without it. Until the watermark here has caught
-- up, a late row passes as one in time, and a window that has ended drops it. The window operator counts it in its metric
-- 'numLateRecordsDropped'.
-- @uses ticks.sql
-- @variable late.size interval = 1 min; length of a window

CREATE TABLE volume_in_time (
  ticker STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  trades BIGINT,
  volume BIGINT
);

CREATE TABLE late_ticks (
  event_id STRING,
  ticker STRING,
  price DOUBLE,
  volume BIGINT,
  event_time TIMESTAMP(3)
);

CREATE TEMPORARY VIEW ticks_in_time AS
SELECT * FROM ticks
WHERE CURRENT_WATERMARK(event_time) IS NULL OR event_time > CURRENT_WATERMARK(event_time);

EXECUTE STATEMENT SET BEGIN
  INSERT INTO volume_in_time
  SELECT ticker, window_start, window_end, COUNT(*), SUM(volume)
  FROM TABLE(TUMBLE(TABLE ticks_in_time, DESCRIPTOR(event_time), ${late.size}))
  GROUP BY ticker, window_start, window_end;

  INSERT INTO late_ticks
  SELECT event_id, ticker, price, volume, event_time FROM ticks
  WHERE event_time <= CURRENT_WATERMARK(event_time);
END;
