-- Bars: the first, highest, lowest and last price of each stock in each window, and its volume.
--
-- First and last are those in event time, whatever the order of arrival; of trades at the same time, by their ids. A trade
-- without a price counts for the volume alone; trades without a symbol have bars of their own.
-- @uses ticks.sql
-- @variable ohlc.size interval = 1 min; length of a window

CREATE TABLE ohlc (
  ticker STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  open_price DOUBLE,
  high_price DOUBLE,
  low_price DOUBLE,
  close_price DOUBLE,
  volume BIGINT
);

CREATE TEMPORARY VIEW windowed_ticks AS
SELECT event_id, ticker, price, volume, event_time, window_start, window_end
FROM TABLE(TUMBLE(TABLE ticks, DESCRIPTOR(event_time), ${ohlc.size}));

INSERT INTO ohlc
SELECT b.ticker, b.window_start, b.window_end, o.price, b.high_price, b.low_price, c.price, b.volume
FROM (
  SELECT ticker, window_start, window_end, MAX(price) AS high_price, MIN(price) AS low_price, SUM(volume) AS volume
  FROM windowed_ticks
  GROUP BY ticker, window_start, window_end
) AS b
LEFT JOIN (
  SELECT ticker, price, window_start, window_end
  FROM (
    SELECT *, ROW_NUMBER() OVER (
      PARTITION BY window_start, window_end, ticker ORDER BY event_time ASC, event_id ASC) AS place
    FROM windowed_ticks
    WHERE price IS NOT NULL
  )
  WHERE place <= 1
) AS o
  ON b.ticker IS NOT DISTINCT FROM o.ticker AND b.window_start = o.window_start AND b.window_end = o.window_end
LEFT JOIN (
  SELECT ticker, price, window_start, window_end
  FROM (
    SELECT *, ROW_NUMBER() OVER (
      PARTITION BY window_start, window_end, ticker ORDER BY event_time DESC, event_id DESC) AS place
    FROM windowed_ticks
    WHERE price IS NOT NULL
  )
  WHERE place <= 1
) AS c
  ON b.ticker IS NOT DISTINCT FROM c.ticker AND b.window_start = c.window_start AND b.window_end = c.window_end;
