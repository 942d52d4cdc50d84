-- Access without a live grant
-- Requests for tenants' objects that no grant covers, with the reasons: the grant was over, removed or never made; the tenant, the class or the person is outside
-- of it; the session names no purpose; or the principal is none that may touch the tenant at all. Refused requests are among them: outcome tells. And whoever
-- went into a pod of a grant, or read its log, without being among the grant's people.
WITH
-- part: objects
,
-- part: sessions
,
-- part: starts
,
-- part: accesses
,
-- part: granted
,
judged AS (
  SELECT
    accesses.*,
    granted.event AS last_event,
    granted.recordedat AS recorded_at,
    granted.expires,
    granted.people,
    -- The tenant's own role, of its own account, and the two that every tenant admits.
    coalesce(
      accesses.role_arn IN (
        'arn:aws:iam::' || :production_account || ':role/atoll-' || :environment || '-tenant-' || accesses.tenant,
        'arn:aws:iam::' || :production_account || ':role/atoll-' || :environment || '-ingest',
        'arn:aws:iam::' || :production_account || ':role/atoll-' || :environment || '-eraser'
      ),
      FALSE
    ) AS is_own,
    coalesce(accesses.role_arn IN (granted.rolearn, granted.sessionrolearn), FALSE) AS is_named,
    coalesce(accesses.role_arn = granted.sessionrolearn, FALSE) AS is_session,
    regexp_extract(accesses.object, '^(?:raw|derived)/([a-z]+)/', 1) AS class,
    date_format(accesses.event_time, '%Y-%m-%d') AS event_day,
    granted.issued,
    granted.tenants,
    granted.classes,
    granted.ways,
    granted.purpose,
    granted.ticket
  FROM accesses
  LEFT JOIN granted ON granted.event_id = accesses.event_id
  -- What a lifecycle rule takes away has no principal. Whatever else a service does by itself, such as replication, is asked about.
  WHERE coalesce(accesses.identity_type, '') <> 'AWSService'
    OR coalesce(accesses.through, '') <> 's3.amazonaws.com'
    OR accesses.action NOT IN ('DeleteObject', 'DeleteObjects', 'AbortMultipartUpload')
),
explained AS (
  SELECT
    judged.*,
    array_join(
      ARRAY[
        CASE WHEN grant_id IS NULL THEN 'a principal that no grant names' END,
        CASE WHEN grant_id IS NOT NULL AND last_event IS NULL THEN 'a grant that the ledger does not know' END,
        CASE WHEN last_event IS NOT NULL AND NOT is_named THEN 'a role that its grant does not name' END,
        CASE WHEN is_named AND NOT contains(ways, CASE WHEN is_session THEN 'sessions' ELSE 'pods' END) THEN 'a way that the grant does not open' END,
        CASE WHEN last_event = 'removed' THEN 'after the removal of the grant' END,
        CASE WHEN event_day > expires THEN 'after the last day of the grant' END,
        CASE WHEN event_day < issued THEN 'before the first day of the grant' END,
        CASE WHEN NOT contains(tenants, tenant) THEN 'a tenant outside of the grant' END,
        CASE WHEN last_event IS NOT NULL AND (class IS NULL OR NOT contains(classes, class)) THEN 'a class outside of the grant' END,
        CASE WHEN last_event IS NOT NULL AND person IS NULL THEN 'nobody is known to have started it' END,
        CASE WHEN person IS NOT NULL AND NOT contains(people, person) THEN 'a person outside of the grant' END,
        CASE WHEN is_session AND session_person IS NULL THEN 'a session without a source identity' END,
        CASE WHEN is_session AND session_purpose IS NULL THEN 'a session without a purpose' END,
        CASE WHEN is_session AND session_purpose <> purpose THEN 'a session for another purpose' END,
        CASE WHEN is_session AND session_ticket IS NULL THEN 'a session without a ticket' END,
        CASE WHEN is_session AND session_ticket <> ticket THEN 'a session under another ticket' END
      ],
      '; '
    ) AS reasons
  FROM judged
  WHERE NOT is_own
),
-- Pods of a grant are told by their names, which admission keeps to its account. A connection is recorded when it opens and when it ends.
entered AS (
  SELECT
    auditid AS event_id,
    min(from_iso8601_timestamp(requestreceivedtimestamp)) AS event_time,
    regexp_extract(objectref.name, '^grant-(.+?)--', 1) AS grant_id,
    objectref.namespace AS namespace,
    objectref.name AS pod,
    objectref.subresource AS door,
    verb,
    max(responsestatus.code) AS code,
    "user".username AS identity,
    regexp_extract("user".username, '^person:(.+)$', 1) AS person,
    element_at(sourceips, 1) AS source_ip
  FROM kubernetes
  WHERE environment = :environment
    AND day BETWEEN :first_day AND :last_day
    AND cluster = 'research'
    AND objectref.resource = 'pods'
    AND objectref.subresource IN ('attach', 'ephemeralcontainers', 'exec', 'log', 'portforward', 'proxy')
    AND regexp_like(objectref.name, '^grant-.+--')
  GROUP BY auditid, objectref.name, objectref.namespace, objectref.subresource, verb, "user".username, element_at(sourceips, 1)
),
entered_by AS (
  SELECT *
  FROM (
    SELECT
      entered.*,
      ledger.event AS last_event,
      ledger.recordedat AS recorded_at,
      ledger.expires,
      ledger.people,
      row_number() OVER (PARTITION BY entered.event_id ORDER BY from_iso8601_timestamp(ledger.recordedat) DESC) AS age
    FROM entered
    LEFT JOIN ledger
      ON ledger.environment = :environment
      AND ledger.grantid = entered.grant_id
      AND from_iso8601_timestamp(ledger.recordedat) <= entered.event_time
  )
  WHERE age = 1
)
SELECT *
FROM (
  SELECT
    event_time,
    reasons,
    tenant,
    object,
    action,
    outcome,
    person,
    grant_id,
    last_event,
    recorded_at,
    expires,
    identity,
    through,
    namespace,
    pod,
    started_by,
    source_ip,
    event_id
  FROM explained
  WHERE reasons <> ''
  UNION ALL
  SELECT
    event_time,
    CASE WHEN door = 'log' THEN 'the log of its pod read by somebody outside of the grant' ELSE 'its pod entered by somebody outside of the grant' END,
    CAST(NULL AS varchar),
    CAST(NULL AS varchar),
    verb || ' pods/' || door,
    CASE WHEN code < 400 THEN 'done' ELSE CAST(code AS varchar) END,
    person,
    grant_id,
    last_event,
    recorded_at,
    expires,
    identity,
    CAST(NULL AS varchar),
    namespace,
    pod,
    CAST(NULL AS varchar),
    source_ip,
    event_id
  FROM entered_by
  WHERE NOT coalesce(contains(people, person), FALSE)
)
ORDER BY event_time, event_id
