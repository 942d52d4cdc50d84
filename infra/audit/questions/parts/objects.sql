-- Requests for objects of the tenants' buckets, and copies of them to elsewhere: of a copy, CloudTrail names the target as the bucket and the source as a
-- header, so that it is looked at from both sides. A refused request may name its object as a resource alone. A request across accounts is recorded in both, and
-- only the copy of the account that it came from is sure to name the role: of the copies, that one is taken.
recorded AS (
  SELECT
    from_iso8601_timestamp(eventtime) AS event_time,
    coalesce(sharedeventid, eventid) AS event_id,
    eventname,
    coalesce(
      json_extract_scalar(requestparameters, '$.bucketName'),
      regexp_extract(coalesce(element_at(resources, 1).arn, element_at(resources, 2).arn), '^arn:aws:s3:::([^/]+)', 1)
    ) AS bucket,
    coalesce(
      json_extract_scalar(requestparameters, '$.key'),
      json_extract_scalar(requestparameters, '$.prefix'),
      regexp_extract(element_at(resources, 1).arn, '^arn:aws:s3:::[^/]+/(.+)$', 1),
      regexp_extract(element_at(resources, 2).arn, '^arn:aws:s3:::[^/]+/(.+)$', 1)
    ) AS object,
    -- '<bucket>/<key>', perhaps with a slash before it, and with the version behind it.
    url_decode(
      regexp_extract(json_extract_scalar(requestparameters, '$["x-amz-copy-source"]'), '^/?(.+?)(?:[?]versionId=.*)?$', 1)
    ) AS copied_from,
    coalesce(errorcode, 'done') AS outcome,
    useridentity,
    sourceipaddress AS source_ip,
    account
  FROM trail
  WHERE day BETWEEN :first_day AND :last_day
    AND eventsource = 's3.amazonaws.com'
    AND eventcategory = 'Data'
),
touched AS (
  SELECT
    recorded.*,
    side,
    CASE WHEN side = 'source' THEN regexp_extract(copied_from, '^([^/]+)/', 1) ELSE bucket END AS touched_bucket,
    CASE WHEN side = 'source' THEN regexp_extract(copied_from, '^[^/]+/(.+)$', 1) ELSE object END AS touched_object
  FROM recorded
  CROSS JOIN (VALUES ('target'), ('source')) AS sides (side)
),
objects AS (
  SELECT *
  FROM (
    SELECT
      event_time,
      event_id,
      CASE WHEN side = 'source' THEN eventname || ' (source)' ELSE eventname END AS action,
      regexp_extract(touched_bucket, '^atoll-' || :environment || '-(.+)-' || :production_account || '$', 1) AS tenant,
      touched_object AS object,
      outcome,
      useridentity.type AS identity_type,
      useridentity.principalid AS principal,
      useridentity.accesskeyid AS access_key,
      coalesce(useridentity.arn, useridentity.principalid, useridentity.invokedby) AS identity,
      useridentity.sessioncontext.sessionissuer.arn AS issuer_arn,
      useridentity.sessioncontext.sourceidentity AS source_identity,
      useridentity.invokedby AS through,
      source_ip,
      row_number() OVER (
        PARTITION BY event_id, side
        ORDER BY CASE WHEN useridentity.arn IS NULL THEN 1 ELSE 0 END, account
      ) AS copy
    FROM touched
    WHERE regexp_like(touched_bucket, '^atoll-' || :environment || '-.+-' || :production_account || '$')
      -- The one bucket of the production account that is no tenant's.
      AND touched_bucket <> 'atoll-' || :environment || '-delivery-production-' || :production_account
  )
  WHERE copy = 1
)
