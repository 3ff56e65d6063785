-- Bounded lateness: windows over what came in time, and a table of its own for what came too late. Each row is in exactly one of
-- them: through restarts, with another parallelism, and while an input is idle.
--
-- Late is a row whose time is not above the watermark (see 'lateness' in ticks.sql). The table 'marked_ticks' tells: it is an operator
-- of the job, nothing is stored in it, and no window behind it drops a row that it calls in time. CURRENT_WATERMARK would not do: it is
-- NULL after a restart, when windows have their watermark back, so that late rows would pass and be dropped by them.
-- @uses ticks.sql
-- @variable late.size interval = 1 min; length of a window

CREATE TABLE marked_ticks (
  event_id STRING,
  ticker STRING,
  price DOUBLE,
  volume BIGINT,
  event_time TIMESTAMP(3),
  late BOOLEAN METADATA VIRTUAL,
  WATERMARK FOR event_time AS SOURCE_WATERMARK()
) WITH (
  'connector' = 'sluice-late-rows'
);

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
SELECT * FROM marked_ticks WHERE NOT late;

EXECUTE STATEMENT SET BEGIN
  INSERT INTO marked_ticks
  SELECT event_id, ticker, price, volume, event_time FROM ticks;

  INSERT INTO volume_in_time
  SELECT ticker, window_start, window_end, COUNT(*), SUM(volume)
  FROM TABLE(TUMBLE(TABLE ticks_in_time, DESCRIPTOR(event_time), ${late.size}))
  GROUP BY ticker, window_start, window_end;

  INSERT INTO late_ticks
  SELECT event_id, ticker, price, volume, event_time FROM marked_ticks WHERE late;
END;
