-- What the ledger said of the grant when the object was asked for: the last record before.
granted AS (
  SELECT *
  FROM (
    SELECT
      accesses.event_id,
      ledger.*,
      row_number() OVER (PARTITION BY accesses.event_id ORDER BY from_iso8601_timestamp(ledger.recordedat) DESC) AS age
    FROM accesses
    INNER JOIN ledger
      ON ledger.environment = :environment
      AND ledger.grantid = accesses.grant_id
      AND from_iso8601_timestamp(ledger.recordedat) <= accesses.event_time
  )
  WHERE age = 1
)
