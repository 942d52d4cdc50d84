-- Hours in which a source fell silent
-- Hours of whole days without one event: of the trail in each account, of each cluster's audit log, of the ledger's sign of life. Each of them speaks every few
-- minutes, or once an hour, whatever people do.
WITH
hours AS (
  SELECT hour
  FROM
    UNNEST(
      sequence(
        date_parse(:first_day, '%Y/%m/%d'),
        date_parse(:last_day, '%Y/%m/%d') + INTERVAL '23' HOUR,
        INTERVAL '1' HOUR
      )
    ) AS h (hour)
),
sources AS (
  SELECT source
  FROM
    (
      VALUES
      ('ledger'),
      ('kubernetes production'),
      ('kubernetes research'),
      ('trail ' || :production_account),
      ('trail ' || :research_account)
    ) AS s (source)
),
spoken AS (
  SELECT DISTINCT
    'trail ' || account AS source,
    date_trunc('hour', CAST(from_iso8601_timestamp(eventtime) AS timestamp)) AS hour
  FROM trail
  WHERE day BETWEEN :first_day AND :day_after
    AND account IN (:production_account, :research_account)
  UNION
  SELECT DISTINCT
    'kubernetes ' || cluster,
    date_trunc('hour', CAST(from_iso8601_timestamp(requestreceivedtimestamp) AS timestamp))
  FROM kubernetes
  WHERE environment = :environment
    AND day BETWEEN :first_day AND :day_after
  UNION
  SELECT DISTINCT
    'ledger',
    date_trunc('hour', CAST(from_iso8601_timestamp(recordedat) AS timestamp))
  FROM heartbeats
  WHERE environment = :environment
    AND day BETWEEN :first_day AND :day_after
)
SELECT sources.source, hours.hour
FROM sources
CROSS JOIN hours
LEFT JOIN spoken ON spoken.source = sources.source AND spoken.hour = hours.hour
WHERE spoken.hour IS NULL
ORDER BY sources.source, hours.hour
