-- Trades of stocks, in event time: what all queries of this folder read.
--
-- Where they come from, the job's options say (input.type). A row that is more than the lateness behind the newest one is late.
-- @variable lateness interval = 5 s; how far a trade may come behind the newest one

CREATE TABLE ticks (
  event_id STRING,
  ticker STRING,
  price DOUBLE,
  volume BIGINT,
  event_time TIMESTAMP(3),
  WATERMARK FOR event_time AS event_time - ${lateness}
);
