-- Access without a live grant
-- Requests for tenants' objects that no grant covers, with the reasons: the grant was over, removed or never made; the tenant, the class or the person is outside
-- of it; the session names no purpose; or the principal is none that may touch the tenant at all. Refused requests are among them: outcome tells.
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
  -- What AWS does by itself, such as a lifecycle rule, has no principal.
  WHERE coalesce(accesses.identity_type, '') <> 'AWSService'
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
        CASE WHEN is_session AND source_identity IS NULL THEN 'a session without a source identity' END,
        CASE WHEN is_session AND session_purpose IS NULL THEN 'a session without a purpose' END,
        CASE WHEN is_session AND session_purpose <> purpose THEN 'a session for another purpose' END,
        CASE WHEN is_session AND session_ticket IS NULL THEN 'a session without a ticket' END,
        CASE WHEN is_session AND session_ticket <> ticket THEN 'a session under another ticket' END
      ],
      '; '
    ) AS reasons
  FROM judged
  WHERE NOT is_own
)
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
ORDER BY event_time, event_id
