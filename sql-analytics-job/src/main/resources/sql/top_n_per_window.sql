-- The stocks with the highest volume of each window, in their order; of equal ones, by their symbols.
-- @uses ticks.sql
-- @variable top.size interval = 5 min; length of a window
-- @variable top.number number = 10; how many stocks

CREATE TABLE top_n_per_window (
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  place BIGINT,
  ticker STRING,
  volume BIGINT
);

INSERT INTO top_n_per_window
SELECT window_start, window_end, place, ticker, volume
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY volume DESC, ticker ASC) AS place
  FROM (
    SELECT ticker, window_start, window_end, SUM(volume) AS volume
    FROM TABLE(TUMBLE(TABLE ticks, DESCRIPTOR(event_time), ${top.size}))
    GROUP BY ticker, window_start, window_end
  )
)
WHERE place <= ${top.number};
