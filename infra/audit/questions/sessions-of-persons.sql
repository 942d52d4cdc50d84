-- Sessions of persons
-- Each time that somebody asked for a session of a grant's own: who, for which purpose, by which ticket, beside what the ledger says, and what the session then
-- read. Refused ones are among them.
WITH
-- part: objects
,
-- part: sessions
,
-- part: starts
,
-- part: accesses
,
asked AS (
  SELECT
    from_iso8601_timestamp(eventtime) AS asked_at,
    eventid AS event_id,
    coalesce(errorcode, 'done') AS outcome,
    regexp_extract(json_extract_scalar(requestparameters, '$.roleArn'), '/atoll-' || :environment || '-session-(.+)$', 1) AS grant_id,
    json_extract_scalar(requestparameters, '$.sourceIdentity') AS person,
    element_at(
      map_from_entries(CAST(json_extract(requestparameters, '$.tags') AS ARRAY(ROW(key VARCHAR, value VARCHAR)))),
      'purpose'
    ) AS purpose,
    element_at(
      map_from_entries(CAST(json_extract(requestparameters, '$.tags') AS ARRAY(ROW(key VARCHAR, value VARCHAR)))),
      'ticket'
    ) AS ticket,
    json_extract_scalar(responseelements, '$.credentials.accessKeyId') AS access_key,
    coalesce(useridentity.arn, useridentity.principalid) AS asked_by,
    sourceipaddress AS source_ip
  FROM trail
  WHERE day BETWEEN :first_day AND :last_day
    AND eventsource = 'sts.amazonaws.com'
    AND eventname = 'AssumeRole'
    AND regexp_like(json_extract_scalar(requestparameters, '$.roleArn'), '/atoll-' || :environment || '-session-')
),
reads AS (
  SELECT
    session_key,
    count(*) AS requests,
    array_join(array_agg(DISTINCT tenant ORDER BY tenant), ', ') AS tenants
  FROM accesses
  WHERE outcome = 'done'
  GROUP BY session_key
),
granted AS (
  SELECT
    asked.event_id,
    max_by(ledger.purpose, from_iso8601_timestamp(ledger.recordedat)) AS purpose,
    max_by(ledger.ticket, from_iso8601_timestamp(ledger.recordedat)) AS ticket,
    max_by(ledger.approver, from_iso8601_timestamp(ledger.recordedat)) AS approver
  FROM asked
  INNER JOIN ledger
    ON ledger.environment = :environment
    AND ledger.grantid = asked.grant_id
    AND from_iso8601_timestamp(ledger.recordedat) <= asked.asked_at
  GROUP BY asked.event_id
)
SELECT
  asked.asked_at,
  asked.outcome,
  asked.person,
  asked.grant_id,
  asked.purpose,
  asked.ticket,
  granted.purpose AS granted_purpose,
  granted.ticket AS granted_ticket,
  granted.approver,
  coalesce(reads.requests, 0) AS requests,
  reads.tenants,
  asked.asked_by,
  asked.source_ip,
  asked.event_id
FROM asked
LEFT JOIN reads ON reads.session_key = asked.access_key
LEFT JOIN granted ON granted.event_id = asked.event_id
ORDER BY asked.asked_at, asked.event_id
