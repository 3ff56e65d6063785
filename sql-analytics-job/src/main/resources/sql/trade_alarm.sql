-- Alarm: stocks with more than so many trades in a sliding window.
-- @uses ticks.sql
-- @variable alarm.ticker string = AM%; the symbols to watch, % for any text
-- @variable alarm.trades number = 750; an alarm is raised above this number
-- @variable alarm.size interval = 1 min; length of a window
-- @variable alarm.slide interval = 30 s; time from one window to the next; the length is a multiple of it

CREATE TABLE trade_alarms (
  ticker STRING,
  window_start TIMESTAMP(3),
  window_end TIMESTAMP(3),
  trades BIGINT
);

INSERT INTO trade_alarms
SELECT ticker, window_start, window_end, COUNT(*) AS trades
FROM TABLE(HOP(TABLE ticks, DESCRIPTOR(event_time), ${alarm.slide}, ${alarm.size}))
WHERE ticker LIKE ${alarm.ticker}
GROUP BY ticker, window_start, window_end
HAVING COUNT(*) > ${alarm.trades};
