-- Who accessed a tenant's data
-- Each request for an object of the tenant's bucket: which object, when, by whom, for which purpose, by which ticket. The pipelines' own work is among them,
-- with a service account and no person.
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
SELECT
  accesses.event_time,
  accesses.action,
  accesses.object,
  accesses.outcome,
  accesses.person,
  accesses.others,
  accesses.grant_id,
  coalesce(accesses.session_purpose, granted.purpose) AS purpose,
  coalesce(accesses.session_ticket, granted.ticket) AS ticket,
  granted.approver,
  granted.justification,
  accesses.identity,
  accesses.through,
  accesses.namespace,
  accesses.service_account,
  accesses.job,
  accesses.pod,
  accesses.pod_uid,
  accesses.started_by,
  accesses.source_ip,
  accesses.event_id
FROM accesses
LEFT JOIN granted ON granted.event_id = accesses.event_id
WHERE accesses.tenant = :tenant
ORDER BY accesses.event_time, accesses.event_id
