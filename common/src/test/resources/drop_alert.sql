-- Drops of a price by at least 500 within 10 minutes, per ticker, in event time.
--
-- A, the start, has a condition: a price below the drop cannot fall by it, unless prices are negative.
-- B, what lies between, is never above A: a higher price is the better start, and ends this partial match. So the
-- open partial matches are those rows alone that no later row is higher than, and the first of them has the highest
-- price: a drop is given out at once, and not when partial matches before it have timed out.
-- C completes the drop. B and C exclude each other, so a row fits one way only.
SELECT *
FROM (SELECT ticker, price, event_time FROM ticks WHERE ticker IS NOT NULL AND price IS NOT NULL)
    MATCH_RECOGNIZE (
        PARTITION BY ticker
        ORDER BY event_time
        MEASURES
            A.event_time AS initialPriceTime,
            C.event_time AS dropTime,
            A.price - C.price AS dropDiff,
            A.price AS initialPrice,
            C.price AS lastPrice
        ONE ROW PER MATCH
        AFTER MATCH SKIP PAST LAST ROW
        PATTERN (A B* C) WITHIN INTERVAL '10' MINUTE
        DEFINE
            A AS A.price >= 500,
            B AS B.price > A.price - 500 AND B.price <= A.price,
            C AS C.price <= A.price - 500
    )
