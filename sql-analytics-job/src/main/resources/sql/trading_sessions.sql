-- Session windows: the times in which a stock is traded without a longer pause.
-- @uses ticks.sql
-- @variable session.gap interval = 30 s; a longer pause ends a session

CREATE TABLE trading_sessions (
  ticker STRING,
  session_start TIMESTAMP(3),
  session_end TIMESTAMP(3),
  trades BIGINT,
  volume BIGINT
);

INSERT INTO trading_sessions
SELECT ticker, window_start, window_end, COUNT(*), SUM(volume)
FROM TABLE(SESSION(TABLE ticks PARTITION BY ticker, DESCRIPTOR(event_time), ${session.gap}))
GROUP BY ticker, window_start, window_end;
