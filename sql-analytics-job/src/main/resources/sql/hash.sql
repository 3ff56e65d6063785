-- Each trade with hashes of its symbol: Java's, times 12 as in AWS's post, and one that other languages have too.
-- NULL stays NULL, and nothing overflows.
-- @uses ticks.sql
-- @uses sluice_functions.sql

CREATE TABLE hashed_ticks (
  ticker STRING,
  secret_ticker_key BIGINT,
  ticker_murmur3 INT,
  event_time TIMESTAMP(3)
);

INSERT INTO hashed_ticks
SELECT ticker, JAVA_HASH(ticker), MURMUR3(ticker), event_time FROM ticks;
