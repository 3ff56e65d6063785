-- Alert: a price falls by so much within so much time. The drops of drop_alert.sql, at a cost per trade that does not grow.
--
-- The operator behind 'drops' keeps those prices alone that no later one is higher than, and looks at each once.
-- @uses ticks.sql
-- @uses drops.sql

CREATE TABLE fast_drop_alerts (
  ticker STRING,
  initial_price_time TIMESTAMP(3),
  drop_time TIMESTAMP(3),
  drop_diff DOUBLE,
  initial_price DOUBLE,
  last_price DOUBLE
);

EXECUTE STATEMENT SET BEGIN
  INSERT INTO drops
  SELECT ticker, price, event_time FROM ticks;

  INSERT INTO fast_drop_alerts
  SELECT ticker, initial_price_time, event_time, drop_diff, initial_price, price FROM drops;
END;
