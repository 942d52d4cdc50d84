import { auditNames } from '../../../schema/audit-names';
import type { Environment } from '../../../schema/model';
import { CLUSTERS } from '../../../schema/vocabulary';
import type { AuditTable } from './audit-table';
import { DAY_KEY, DAYS, ENVIRONMENT_KEY, JSON_LINES, listed } from './json-lines';

/**
 * Audit events of the clusters' API servers, as Firehose writes them (`constructs/aws/evidence/log-delivery.ts`). Of requests and answers only
 * the answer's metadata is a column: an object's `spec` has another form for each kind, and a value of another type than its column's fails
 * the question.
 * @see https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/ (2026-11-25)
 */
export function kubernetesTable(environments: readonly Environment[], account: string): AuditTable {
  const location = `s3://${auditNames.archiveBucket(account)}/kubernetes/`;
  return {
    name: 'kubernetes',
    description: 'What was asked of the clusters’ API servers, by whom: their audit events',
    location,
    columns: [
      { name: 'level', type: 'string', comment: 'Metadata, Request or RequestResponse: how much is told' },
      { name: 'auditid', type: 'string', comment: 'the same for all stages of one request' },
      { name: 'stage', type: 'string', comment: 'ResponseComplete once it is answered' },
      { name: 'requesturi', type: 'string', comment: 'path of the request' },
      { name: 'verb', type: 'string', comment: 'create, patch, get and the like' },
      {
        name: 'user',
        type: 'struct<username:string,uid:string,groups:array<string>,extra:map<string,array<string>>>',
        comment: 'who asked; extra has arn, sessionName and accessKeyId of an IAM session',
      },
      {
        name: 'impersonateduser',
        type: 'struct<username:string,groups:array<string>>',
        comment: 'as whom, if not as itself',
      },
      { name: 'sourceips', type: 'array<string>', comment: 'from where' },
      { name: 'useragent', type: 'string', comment: 'by which program' },
      {
        name: 'objectref',
        type: 'struct<resource:string,namespace:string,name:string,uid:string,apigroup:string,apiversion:string,subresource:string>',
        comment: 'what it is about; the name of what is created may be missing',
      },
      { name: 'responsestatus', type: 'struct<code:int,reason:string>', comment: 'HTTP status of the answer' },
      {
        name: 'responseobject',
        type: 'struct<metadata:struct<name:string,namespace:string,uid:string,ownerreferences:array<struct<kind:string,name:string,uid:string>>>>',
        comment: 'what was made, where the level is RequestResponse',
      },
      { name: 'requestreceivedtimestamp', type: 'string', comment: 'when, ISO 8601, UTC' },
      { name: 'stagetimestamp', type: 'string', comment: 'when the stage was reached' },
      { name: 'annotations', type: 'map<string,string>', comment: 'why it was let through or refused' },
    ],
    partitionKeys: [ENVIRONMENT_KEY, { name: 'cluster', type: 'string', comment: 'production or research' }, DAY_KEY],
    projection: {
      ...listed(
        'environment',
        environments.map(({ name }) => name),
      ),
      ...listed('cluster', CLUSTERS),
      ...DAYS,
      'storage.location.template': `${location}\${environment}/\${cluster}/\${day}/`,
    },
    ...JSON_LINES,
  };
}
