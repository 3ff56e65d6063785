-- A day of trades in one job: what a run without options shows and reports on a page.
--
-- Alerts are told at once, on the console and in a table. Of everything else each trade counts once, however often it came, and
-- a trade that came too late is in a table of its own. Where the tables are written, the job's options say (output.type).
-- @uses ../sql/ticks.sql
-- @uses ../sql/drops.sql
-- @variable day.window interval = 10 min; length of a window of the volume; a multiple of 10 seconds
-- @variable day.top_window interval = 1 h; length of a window of the ranking; a multiple of 10 seconds
-- @variable day.top number = 3; how many stocks are ranked

CREATE TABLE console (
  line STRING
) WITH (
  'connector' = 'sluice-console'
);

CREATE TABLE drop_alerts (
  ticker STRING,
  initial_price_time TIMESTAMP(3),
  drop_time TIMESTAMP(3),
  drop_diff DOUBLE,
  initial_price DOUBLE,
  last_price DOUBLE
);

CREATE TABLE trades (
  event_id STRING,
  ticker STRING,
  price DOUBLE,
  volume BIGINT,
  event_time TIMESTAMP(3),
  copies BIGINT
);

CREATE TABLE late_trades (
  event_id STRING,
  ticker STRING,
  price DOUBLE,
  volume BIGINT,
  event_time TIMESTAMP(3)
);

CREATE TABLE volumes (
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  trades BIGINT,
  volume BIGINT
);

CREATE TABLE top_stocks (
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  place BIGINT,
  ticker STRING,
  volume BIGINT
);

-- An operator of the job, which stores nothing: trades go in, and come out with a mark. Late is a trade whose time the watermark has
-- passed (see 'lateness' in ticks.sql), and all behind it agree, also after a restart.
CREATE TABLE marked_trades (
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

CREATE TEMPORARY VIEW trades_in_time AS
SELECT event_id, ticker, price, volume, event_time, CAST(event_time AS TIMESTAMP(3)) AS traded_at
FROM marked_trades WHERE NOT late;

-- Copies of a trade are equal, time included, so they meet in a window.
CREATE TEMPORARY VIEW unique_trades AS
SELECT event_id, ticker, price, volume, traded_at, COUNT(*) AS copies, window_time AS settled
FROM TABLE(TUMBLE(TABLE trades_in_time, DESCRIPTOR(event_time), INTERVAL '10' SECOND))
GROUP BY event_id, ticker, price, volume, traded_at, window_start, window_end, window_time;

EXECUTE STATEMENT SET BEGIN
  INSERT INTO marked_trades
  SELECT event_id, ticker, price, volume, event_time FROM ticks;

  INSERT INTO drops
  SELECT ticker, price, event_time FROM trades_in_time;

  INSERT INTO drop_alerts
  SELECT ticker, initial_price_time, event_time, drop_diff, initial_price, price FROM drops;

  INSERT INTO console
  SELECT 'ALERT ' || DATE_FORMAT(event_time, 'HH:mm:ss') || '  ' || ticker
    || ' fell by ' || CAST(CAST(drop_diff AS DECIMAL(12, 2)) AS STRING)
    || ' from ' || CAST(CAST(initial_price AS DECIMAL(12, 2)) AS STRING)
    || ' to ' || CAST(CAST(price AS DECIMAL(12, 2)) AS STRING)
    || ' in ' || CAST(TIMESTAMPDIFF(SECOND, initial_price_time, event_time) AS STRING) || ' s'
  FROM drops;

  INSERT INTO trades
  SELECT event_id, ticker, price, volume, traded_at, copies FROM unique_trades;

  INSERT INTO late_trades
  SELECT event_id, ticker, price, volume, event_time FROM marked_trades WHERE late;

  INSERT INTO volumes
  SELECT window_start, window_end, COUNT(*), SUM(volume)
  FROM TABLE(TUMBLE(TABLE unique_trades, DESCRIPTOR(settled), ${day.window}))
  GROUP BY window_start, window_end;

  INSERT INTO top_stocks
  SELECT window_start, window_end, place, ticker, volume
  FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY volume DESC, ticker ASC) AS place
    FROM (
      SELECT ticker, window_start, window_end, SUM(volume) AS volume
      FROM TABLE(TUMBLE(TABLE unique_trades, DESCRIPTOR(settled), ${day.top_window}))
      GROUP BY ticker, window_start, window_end
    )
  )
  WHERE place <= ${day.top};
END;
