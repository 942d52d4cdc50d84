-- Each request for an object with the session that it came by, the pod of that session, and who started the pod. The key tells the session. What a
-- service asks for a pod may be signed with another key, and an owner's copy has none; then the session's own name does, which EKS makes but once.
accesses AS (
  SELECT
    objects.*,
    coalesce(objects.issuer_arn, by_name.role_arn) AS role_arn,
    regexp_extract(
      coalesce(objects.issuer_arn, by_name.role_arn),
      '/atoll-' || :environment || '-(?:grant|session)-(.+)$',
      1
    ) AS grant_id,
    coalesce(by_key.namespace, by_name.namespace) AS namespace,
    coalesce(by_key.service_account, by_name.service_account) AS service_account,
    coalesce(by_key.pod, by_name.pod) AS pod,
    coalesce(by_key.pod_uid, by_name.pod_uid) AS pod_uid,
    by_key.purpose AS session_purpose,
    by_key.ticket AS session_ticket,
    starts.job,
    starts.started_by,
    starts.others,
    coalesce(starts.person, objects.source_identity) AS person
  FROM objects
  LEFT JOIN sessions AS by_key ON by_key.access_key = objects.access_key
  LEFT JOIN (
    SELECT DISTINCT principal, role_arn, namespace, service_account, pod, pod_uid FROM sessions WHERE of_pod
  ) AS by_name ON by_name.principal = objects.principal AND by_key.access_key IS NULL
  LEFT JOIN starts ON starts.pod_uid = coalesce(by_key.pod_uid, by_name.pod_uid)
)
