-- Sessions of roles, by the key that their requests are signed with. Tags are believed of those that EKS made for a pod, since only its call names
-- the pod; of others, purpose and ticket are what the role's trust asked for.
sessions AS (
  SELECT DISTINCT
    json_extract_scalar(responseelements, '$.credentials.accessKeyId') AS access_key,
    json_extract_scalar(responseelements, '$.assumedRoleUser.assumedRoleId') AS principal,
    json_extract_scalar(requestparameters, '$.roleArn') AS role_arn,
    json_extract_scalar(requestparameters, '$.sourceIdentity') AS source_identity,
    from_iso8601_timestamp(eventtime) AS assumed_at,
    useridentity.invokedby = 'pods.eks.amazonaws.com' AS of_pod,
    CASE WHEN useridentity.invokedby = 'pods.eks.amazonaws.com' THEN element_at(tags, 'eks-cluster-name') END AS cluster,
    CASE WHEN useridentity.invokedby = 'pods.eks.amazonaws.com' THEN element_at(tags, 'kubernetes-namespace') END AS namespace,
    CASE WHEN useridentity.invokedby = 'pods.eks.amazonaws.com' THEN element_at(tags, 'kubernetes-service-account') END AS service_account,
    CASE WHEN useridentity.invokedby = 'pods.eks.amazonaws.com' THEN element_at(tags, 'kubernetes-pod-name') END AS pod,
    CASE WHEN useridentity.invokedby = 'pods.eks.amazonaws.com' THEN element_at(tags, 'kubernetes-pod-uid') END AS pod_uid,
    element_at(tags, 'purpose') AS purpose,
    element_at(tags, 'ticket') AS ticket
  FROM (
    SELECT
      eventtime,
      useridentity,
      requestparameters,
      responseelements,
      map_from_entries(CAST(json_extract(requestparameters, '$.tags') AS ARRAY(ROW(key VARCHAR, value VARCHAR)))) AS tags
    FROM trail
    WHERE day BETWEEN :since_day AND :last_day
      AND eventsource = 'sts.amazonaws.com'
      AND eventname = 'AssumeRole'
      AND errorcode IS NULL
  )
)
