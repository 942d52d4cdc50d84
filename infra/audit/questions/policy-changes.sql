-- Who changed a tenant's locks
-- Changes of the policies and settings of a tenant's bucket, key, queues, topic and role, and attempts at them. The key is told by its alias and by what it
-- encrypts. by_pipeline is false for whatever CloudFormation did not do with the deploy's own role.
WITH
tenant_keys AS (
  SELECT element_at(resources, 1).arn AS key_arn
  FROM trail
  WHERE day BETWEEN :since_day AND :last_day
    AND eventsource = 'kms.amazonaws.com'
    AND eventname IN ('Decrypt', 'GenerateDataKey')
    AND regexp_like(
      json_extract_scalar(requestparameters, '$.encryptionContext["aws:s3:arn"]'),
      '^arn:aws:s3:::atoll-' || :environment || '-' || :tenant || '-' || :production_account || '($|/)'
    )
  UNION
  SELECT
    CASE
      WHEN regexp_like(json_extract_scalar(requestparameters, '$.targetKeyId'), '^arn:')
        THEN json_extract_scalar(requestparameters, '$.targetKeyId')
      ELSE 'arn:aws:kms:' || awsregion || ':' || account || ':key/' || json_extract_scalar(requestparameters, '$.targetKeyId')
    END
  FROM trail
  WHERE day BETWEEN :since_day AND :last_day
    AND eventsource = 'kms.amazonaws.com'
    AND eventname IN ('CreateAlias', 'UpdateAlias')
    AND json_extract_scalar(requestparameters, '$.aliasName') = 'alias/atoll/' || :environment || '/tenant/' || :tenant
),
changes AS (
  SELECT
    from_iso8601_timestamp(eventtime) AS event_time,
    eventsource || ' ' || eventname AS action,
    CASE
      WHEN eventsource = 's3.amazonaws.com' THEN json_extract_scalar(requestparameters, '$.bucketName')
      WHEN eventsource = 'kms.amazonaws.com' THEN element_at(resources, 1).arn
      WHEN eventsource = 'sqs.amazonaws.com' THEN json_extract_scalar(requestparameters, '$.queueUrl')
      WHEN eventsource = 'sns.amazonaws.com'
        THEN coalesce(
          json_extract_scalar(requestparameters, '$.topicArn'),
          json_extract_scalar(requestparameters, '$.resourceArn')
        )
      WHEN eventsource = 'iam.amazonaws.com' THEN json_extract_scalar(requestparameters, '$.roleName')
    END AS target,
    coalesce(errorcode, 'done') AS outcome,
    useridentity.arn AS identity,
    useridentity.sessioncontext.sourceidentity AS person,
    coalesce(
      useridentity.invokedby = 'cloudformation.amazonaws.com'
      AND useridentity.sessioncontext.sessionissuer.arn
        = 'arn:aws:iam::' || :production_account || ':role/cdk-hnb659fds-cfn-exec-role-' || :production_account || '-' || awsregion,
      FALSE
    ) AS by_pipeline,
    requestparameters AS request,
    sourceipaddress AS source_ip,
    eventid AS event_id
  FROM trail
  WHERE day BETWEEN :first_day AND :last_day
    AND account = :production_account
    AND coalesce(eventcategory, 'Management') <> 'Data'
    AND readonly = 'false'
    AND eventname NOT IN ('Decrypt', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncrypt')
)
SELECT event_time, action, target, outcome, identity, person, by_pipeline, request, source_ip, event_id
FROM changes
WHERE target = 'atoll-' || :environment || '-' || :tenant || '-' || :production_account
  OR target = 'atoll-' || :environment || '-tenant-' || :tenant
  OR target IN (SELECT key_arn FROM tenant_keys)
  OR regexp_like(target, '[:/]atoll-' || :environment || '-' || :tenant || '-(?:video|audio|text|dead-letter|events)$')
ORDER BY event_time, event_id
