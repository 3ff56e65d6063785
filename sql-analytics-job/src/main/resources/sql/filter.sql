-- Trades of the stocks whose symbol is like a pattern.
-- @uses ticks.sql
-- @variable filter.ticker string = AM%; the pattern, % for any text and _ for any character

CREATE TABLE filtered_ticks (
  event_id STRING,
  ticker STRING,
  price DOUBLE,
  volume BIGINT,
  event_time TIMESTAMP(3)
);

INSERT INTO filtered_ticks
SELECT event_id, ticker, price, volume, event_time FROM ticks WHERE ticker LIKE ${filter.ticker};
