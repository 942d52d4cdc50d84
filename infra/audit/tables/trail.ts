import { auditNames } from '../../../schema/audit-names';
import type { Environment } from '../../../schema/model';
import type { AuditColumn, AuditTable } from './audit-table';
import { DAY_KEY, DAYS, JSON_LINES, listed } from './json-lines';

/**
 * Regions that every account has without asking, besides those of the environments. A session may be made in any of them, and be used in the
 * environment's own.
 * @see https://docs.aws.amazon.com/assistant/latest/userguide/regions.html (2026-11-25)
 */
const DEFAULT_REGIONS = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
] as const;

/**
 * The organisation's trail: every management event, and the data events of the environments' buckets. The columns are those of Athena's own
 * guide, and `sourceidentity`, which it leaves out. `requestparameters` and its like are JSON text with the names as the service spells them.
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html (2026-11-25)
 */
export function trailTable(environments: readonly Environment[], account: string): AuditTable {
  const [{ organizationId }] = environments as readonly [Environment];
  const location = `s3://${auditNames.archiveBucket(account)}/${auditNames.trailPrefix}AWSLogs/${organizationId}/`;
  return {
    name: 'trail',
    description:
      'What was called in the accounts of the environments, and who touched which object: the organisation trail',
    location,
    columns: COLUMNS,
    partitionKeys: [
      { name: 'account', type: 'string', comment: 'account whose copy of the event it is, 12 digits' },
      { name: 'region', type: 'string', comment: 'AWS region' },
      DAY_KEY,
    ],
    projection: {
      ...listed(
        'account',
        environments.flatMap(({ accounts }) => Object.values(accounts)),
      ),
      ...listed('region', [...DEFAULT_REGIONS, ...environments.map(({ region }) => region)]),
      ...DAYS,
      'storage.location.template': `${location}\${account}/CloudTrail/\${region}/\${day}/`,
    },
    ...JSON_LINES,
    // A file of CloudTrail's is one object whose `Records` are the rows.
    inputFormat: 'com.amazon.emr.cloudtrail.CloudTrailInputFormat',
  };
}

const text = (name: string, comment: string): AuditColumn => ({ name, type: 'string', comment });

const USER_IDENTITY = [
  'type:string',
  'principalid:string',
  'arn:string',
  'accountid:string',
  'invokedby:string',
  'accesskeyid:string',
  'username:string',
  'onbehalfof:struct<userid:string,identitystorearn:string>',
  `sessioncontext:struct<${[
    'attributes:struct<mfaauthenticated:string,creationdate:string>',
    'sessionissuer:struct<type:string,principalid:string,arn:string,accountid:string,username:string>',
    'ec2roledelivery:string',
    'webidfederationdata:struct<federatedprovider:string,attributes:map<string,string>>',
    'sourceidentity:string',
  ].join(',')}>`,
].join(',');

const COLUMNS: readonly AuditColumn[] = [
  text('eventversion', 'version of the form of the event'),
  { name: 'useridentity', type: `struct<${USER_IDENTITY}>`, comment: 'who called' },
  text('eventtime', 'when, ISO 8601, UTC'),
  text('eventsource', 'service, such as s3.amazonaws.com'),
  text('eventname', 'what was called'),
  text('awsregion', 'where'),
  text('sourceipaddress', 'from where: an address, or a service'),
  text('useragent', 'by which program'),
  text('errorcode', 'why it was refused; null where it was done'),
  text('errormessage', 'the same in words'),
  text('requestparameters', 'what was asked for, JSON'),
  text('responseelements', 'what a change answered, JSON'),
  text('additionaleventdata', 'what else the service tells, JSON'),
  text('requestid', 'id of the call'),
  text('eventid', 'id of the event'),
  text('readonly', 'true where nothing was changed'),
  {
    name: 'resources',
    type: 'array<struct<arn:string,accountid:string,type:string>>',
    comment: 'what was touched',
  },
  text('eventtype', 'AwsApiCall and the like'),
  text('apiversion', 'version of the API'),
  text('recipientaccountid', 'account whose copy of the event it is'),
  text('serviceeventdetails', 'what a service did by itself, JSON'),
  text('sharedeventid', 'the same for the copies of two accounts'),
  text('vpcendpointid', 'endpoint by which it came'),
  text('vpcendpointaccountid', 'account of that endpoint'),
  text('eventcategory', 'Management or Data'),
  {
    name: 'addendum',
    type: 'struct<reason:string,updatedfields:string,originalrequestid:string,originaleventid:string>',
    comment: 'why an event came late or was mended',
  },
  text('sessioncredentialfromconsole', 'true for a session of the console'),
  text('edgedevicedetails', 'of Snowball, JSON'),
  {
    name: 'tlsdetails',
    type: 'struct<tlsversion:string,ciphersuite:string,clientprovidedhostheader:string>',
    comment: 'how the call was encrypted',
  },
];
