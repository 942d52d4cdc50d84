-- Who started each pod: whoever created its Job, or the pod itself where it has none. Job names may be made by the API server, so that what was made is
-- read from its answer.
created AS (
  SELECT
    objectref.resource AS resource,
    objectref.namespace AS namespace,
    responseobject.metadata.name AS name,
    responseobject.metadata.uid AS uid,
    element_at(responseobject.metadata.ownerreferences, 1).uid AS owner_uid,
    "user".username AS username
  FROM kubernetes
  WHERE environment = :environment
    AND day BETWEEN :since_day AND :last_day
    AND verb = 'create'
    AND stage = 'ResponseComplete'
    AND objectref.resource IN ('jobs', 'pods')
    AND objectref.subresource IS NULL
    AND responsestatus.code BETWEEN 200 AND 299
),
-- What people did to a Job or a pod that somebody else may have started: changed it, went in, or read what it says.
meddled AS (
  SELECT
    objectref.namespace AS namespace,
    objectref.resource AS resource,
    objectref.name AS name,
    regexp_extract("user".username, '^person:(.+)$', 1) AS person
  FROM kubernetes
  WHERE environment = :environment
    AND day BETWEEN :since_day AND :last_day
    AND regexp_like("user".username, '^person:')
    AND (
      (objectref.resource = 'jobs' AND verb IN ('patch', 'update'))
      OR (objectref.resource = 'pods' AND objectref.subresource IN ('attach', 'ephemeralcontainers', 'exec', 'log', 'portforward', 'proxy'))
    )
),
starts AS (
  SELECT
    pods.uid AS pod_uid,
    jobs.name AS job,
    coalesce(jobs.username, pods.username) AS started_by,
    regexp_extract(coalesce(jobs.username, pods.username), '^person:(.+)$', 1) AS person,
    nullif(array_join(array_agg(DISTINCT meddled.person ORDER BY meddled.person), ', '), '') AS others
  FROM created AS pods
  LEFT JOIN created AS jobs ON pods.owner_uid = jobs.uid AND jobs.resource = 'jobs'
  LEFT JOIN meddled
    ON meddled.namespace = pods.namespace
    AND (
      (meddled.resource = 'pods' AND meddled.name = pods.name)
      OR (meddled.resource = 'jobs' AND meddled.name = jobs.name)
    )
    AND 'person:' || meddled.person <> coalesce(jobs.username, pods.username)
  WHERE pods.resource = 'pods'
  GROUP BY pods.uid, jobs.name, coalesce(jobs.username, pods.username)
)
