-- Each request for an object with the session that it came by, the pod of that session, and who started the pod. The key tells the session. What a
-- service asks for a session may be signed with another key, and an owner's copy has none; then the session's own name does, and of sessions of one name the
-- last that began before: EKS makes a pod's name but once, people may choose theirs again.
accesses AS (
  SELECT
    objects.*,
    coalesce(objects.issuer_arn, by_key.role_arn, by_name.role_arn) AS role_arn,
    regexp_extract(
      coalesce(objects.issuer_arn, by_key.role_arn, by_name.role_arn),
      '/atoll-' || :environment || '-(?:grant|session)-(.+)$',
      1
    ) AS grant_id,
    coalesce(by_key.access_key, by_name.access_key) AS session_key,
    coalesce(by_key.namespace, by_name.namespace) AS namespace,
    coalesce(by_key.service_account, by_name.service_account) AS service_account,
    coalesce(by_key.pod, by_name.pod) AS pod,
    coalesce(by_key.pod_uid, by_name.pod_uid) AS pod_uid,
    coalesce(by_key.purpose, by_name.purpose) AS session_purpose,
    coalesce(by_key.ticket, by_name.ticket) AS session_ticket,
    coalesce(objects.source_identity, by_key.source_identity, by_name.source_identity) AS session_person,
    starts.job,
    starts.started_by,
    starts.others,
    coalesce(starts.person, objects.source_identity, by_key.source_identity, by_name.source_identity) AS person
  FROM objects
  LEFT JOIN sessions AS by_key ON by_key.access_key = objects.access_key
  LEFT JOIN (
    SELECT
      objects.event_id AS of_event,
      sessions.*,
      row_number() OVER (
        PARTITION BY objects.event_id ORDER BY sessions.assumed_at DESC, sessions.access_key
      ) AS age
    FROM objects
    INNER JOIN sessions ON sessions.principal = objects.principal AND sessions.assumed_at <= objects.event_time
  ) AS by_name ON by_name.of_event = objects.event_id AND by_name.age = 1 AND by_key.access_key IS NULL
  LEFT JOIN starts ON starts.pod_uid = coalesce(by_key.pod_uid, by_name.pod_uid)
)
