-- The stocks with the highest volume so far, changed with each trade that changes them: for a table with a key.
--
-- A stock that has not been traded for the time to live is forgotten, its volume too; this setting holds for all queries that
-- run together.
-- @uses ticks.sql
-- @variable top.number number = 10; how many stocks
-- @variable top.ttl string = 7 d; how long a stock without trades is remembered

SET 'table.exec.state.ttl' = '${top.ttl}';

CREATE TABLE top_n_continuous (
  place BIGINT,
  ticker STRING,
  volume BIGINT,
  PRIMARY KEY (place) NOT ENFORCED
);

INSERT INTO top_n_continuous
SELECT place, ticker, volume
FROM (
  SELECT *, ROW_NUMBER() OVER (ORDER BY volume DESC, ticker ASC) AS place
  FROM (SELECT ticker, SUM(volume) AS volume FROM ticks GROUP BY ticker)
)
WHERE place <= ${top.number};
