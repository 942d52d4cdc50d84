-- Everything one person touched
-- By e-mail address: what the person's own sessions called in the accounts, what they asked of the clusters, and which objects the pods read that they had
-- started.
WITH
-- part: objects
,
-- part: sessions
,
-- part: starts
,
-- part: accesses
SELECT event_time, place, action, target, outcome, identity, event_id
FROM (
  SELECT
    event_time,
    'object' AS place,
    action,
    tenant || ': ' || coalesce(object, '') AS target,
    outcome,
    identity,
    event_id
  FROM accesses
  WHERE person = :person OR contains(split(others, ', '), :person)
  UNION ALL
  SELECT
    from_iso8601_timestamp(eventtime),
    'account',
    eventsource || ' ' || eventname,
    coalesce(element_at(resources, 1).arn, requestparameters),
    coalesce(errorcode, 'done'),
    useridentity.arn,
    eventid
  FROM trail
  WHERE day BETWEEN :first_day AND :last_day
    AND coalesce(eventcategory, 'Management') <> 'Data'
    AND (
      useridentity.sessioncontext.sourceidentity = :person
      OR json_extract_scalar(requestparameters, '$.sourceIdentity') = :person
      OR split_part(useridentity.principalid, ':', 2) = :person
    )
  UNION ALL
  SELECT
    from_iso8601_timestamp(requestreceivedtimestamp),
    cluster || ' cluster',
    verb,
    requesturi,
    CAST(responsestatus.code AS varchar),
    "user".username,
    auditid
  FROM kubernetes
  WHERE environment = :environment
    AND day BETWEEN :first_day AND :last_day
    AND stage = 'ResponseComplete'
    AND ("user".username = 'person:' || :person OR contains(element_at("user".extra, 'sessionName'), :person))
)
ORDER BY event_time, event_id
