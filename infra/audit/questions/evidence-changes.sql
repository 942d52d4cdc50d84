-- Who touched the evidence
-- Changes of what makes, carries or keeps the evidence, and attempts at them: the trail, the archive, the clusters' log settings and subscriptions, the streams,
-- the ledger. by_pipeline is false for whatever CloudFormation did not do with the deploy's own role.
SELECT
  from_iso8601_timestamp(eventtime) AS event_time,
  account,
  eventsource || ' ' || eventname AS action,
  coalesce(errorcode, 'done') AS outcome,
  useridentity.arn AS identity,
  useridentity.sessioncontext.sourceidentity AS person,
  coalesce(
    useridentity.invokedby = 'cloudformation.amazonaws.com'
    AND useridentity.sessioncontext.sessionissuer.arn
      = 'arn:aws:iam::' || account || ':role/cdk-hnb659fds-cfn-exec-role-' || account || '-' || awsregion,
    FALSE
  ) AS by_pipeline,
  requestparameters AS request,
  sourceipaddress AS source_ip,
  eventid AS event_id
FROM trail
WHERE day BETWEEN :first_day AND :last_day
  AND coalesce(eventcategory, 'Management') <> 'Data'
  AND readonly = 'false'
  -- A log group's streams come and go by themselves, and every encrypted object takes a key.
  AND eventname NOT IN ('CreateLogStream', 'Decrypt', 'Encrypt', 'GenerateDataKey')
  AND (
    eventsource = 'cloudtrail.amazonaws.com'
    OR regexp_like(
      requestparameters,
      '(?:/aws/eks/|cluster/|"name": ?"|"clusterName": ?")atoll-' || :environment || '-(?:production|research)["/]'
    )
    OR regexp_like(
      requestparameters,
      'atoll-' || :environment || '-(?:production|research)-(?:control-plane-logs|log-delivery|log-subscription|ledger)'
    )
    OR regexp_like(requestparameters, '/atoll/' || :environment || '/(?:production|research)/(?:ledger|log-delivery)')
    OR regexp_like(requestparameters, 'atoll-audit-|alias/atoll/audit/')
  )
ORDER BY event_time, event_id
