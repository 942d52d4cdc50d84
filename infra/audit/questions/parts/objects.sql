-- Requests for objects of the tenants' buckets. A request across accounts is recorded in both, and only the copy of the account that it came from
-- is sure to name the role: of the copies, that one is taken.
objects AS (
  SELECT *
  FROM (
    SELECT
      from_iso8601_timestamp(eventtime) AS event_time,
      coalesce(sharedeventid, eventid) AS event_id,
      eventname AS action,
      regexp_extract(
        json_extract_scalar(requestparameters, '$.bucketName'),
        '^atoll-' || :environment || '-(.+)-' || :production_account || '$',
        1
      ) AS tenant,
      coalesce(
        json_extract_scalar(requestparameters, '$.key'),
        json_extract_scalar(requestparameters, '$.prefix')
      ) AS object,
      coalesce(errorcode, 'done') AS outcome,
      useridentity.type AS identity_type,
      useridentity.principalid AS principal,
      useridentity.accesskeyid AS access_key,
      coalesce(useridentity.arn, useridentity.principalid, useridentity.invokedby) AS identity,
      useridentity.sessioncontext.sessionissuer.arn AS issuer_arn,
      useridentity.sessioncontext.sourceidentity AS source_identity,
      useridentity.invokedby AS through,
      sourceipaddress AS source_ip,
      row_number() OVER (
        PARTITION BY coalesce(sharedeventid, eventid)
        ORDER BY CASE WHEN useridentity.arn IS NULL THEN 1 ELSE 0 END, account
      ) AS copy
    FROM trail
    WHERE day BETWEEN :first_day AND :last_day
      AND eventsource = 's3.amazonaws.com'
      AND eventcategory = 'Data'
      AND regexp_like(
        json_extract_scalar(requestparameters, '$.bucketName'),
        '^atoll-' || :environment || '-.+-' || :production_account || '$'
      )
      -- The one bucket of the production account that is no tenant's.
      AND json_extract_scalar(requestparameters, '$.bucketName')
        <> 'atoll-' || :environment || '-delivery-production-' || :production_account
  )
  WHERE copy = 1
)
