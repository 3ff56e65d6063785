-- Drops of prices as a table: prices go in, those that complete a drop come out, with where they fell from.
--
-- The table is an operator of the job, and nothing is stored in it: INSERT INTO it and SELECT from it belong in the same run, the
-- INSERT first. It takes the time attribute of what is inserted. Rows that are late for it are in no drop, and are counted.
-- @variable drop.amount number = 500; the least fall of the price
-- @variable drop.within interval = 10 min; a drop takes less than this

CREATE TABLE drops (
  ticker STRING,
  price DOUBLE,
  event_time TIMESTAMP(3),
  initial_price DOUBLE METADATA VIRTUAL,
  initial_price_time TIMESTAMP(3) METADATA VIRTUAL,
  drop_diff DOUBLE METADATA VIRTUAL,
  WATERMARK FOR event_time AS SOURCE_WATERMARK()
) WITH (
  'connector' = 'sluice-drops',
  'drop' = '${drop.amount}',
  'within' = '${drop.within}'
);
