import type { Output } from '../../../assurance/output/output';
import { addResource, type Fields, type Mutation } from '../edits';
import { role } from './resources';

const POINTS = 'arn:aws:s3:eu-central-1:222222222222:accesspoint/*';

/** A role by which data is reached by another name, goes elsewhere, or nobody sees who looked. */
export function openingMutations(): Mutation[] {
  const rights: readonly (readonly [name: string, statement: Fields])[] = [
    ['does everything by access points', { Action: 's3:*', Resource: POINTS }],
    ['reads by access points', { Action: 's3:GetObject', Resource: POINTS }],
    ['reads by one access point', { Action: 's3:GetObject', Resource: `${POINTS.slice(0, -1)}a/object/*` }],
    [
      'reads by an access point of many regions',
      { Action: 's3:GetObject', Resource: 'arn:aws:s3::222222222222:accesspoint/*' },
    ],
    ['makes access points', { Action: 's3:CreateAccessPoint' }],
    ['opens access points', { Action: 's3:PutAccessPointPolicy', Resource: POINTS }],
    ['makes access points of many regions', { Action: 's3:CreateMultiRegionAccessPoint' }],
    ['gets what is granted in S3', { Action: 's3:GetDataAccess' }],
    ['grants in S3', { Action: ['s3:CreateAccessGrant', 's3:CreateAccessGrantsLocation'] }],
    ['copies buckets by a job', { Action: 's3:CreateJob' }],
    ['reads what a function answers for a bucket', { Action: 's3-object-lambda:GetObject' }],
    ['makes such a function the way', { Action: 's3:CreateAccessPointForObjectLambda' }],
    ['lets buckets be public', { Action: 's3:PutAccountPublicAccessBlock' }],
    ['sends on every log', { Action: 'logs:PutAccountPolicy' }],
    ['lets services write and read logs', { Action: 'logs:PutResourcePolicy' }],
    [
      'sends on other logs',
      { Action: 'logs:PutSubscriptionFilter', Resource: 'arn:aws:logs:*:*:log-group:/aws/eks/*' },
    ],
    ['takes logs of other accounts', { Action: ['logs:PutDestination', 'logs:PutDestinationPolicy'] }],
    ['reads other logs', { Action: 'logs:GetLogEvents', Resource: 'arn:aws:logs:*:*:log-group:/aws/eks/*' }],
    ['changes the guard rails', { Action: 'organizations:DetachPolicy' }],
    ['does everything with the organisation', { Action: 'organizations:*' }],
    ['becomes root of an account', { Action: 'sts:AssumeRoot' }],
    [
      'makes grants on keys that are not ours',
      { Action: 'kms:CreateGrant', Resource: 'arn:aws:kms:*:999999999999:key/*' },
    ],
    ['lets others send events', { Action: 'events:PutPermission' }],
    ['shares what there is', { Action: 'ram:*' }],
    ['shares one thing', { Action: 'ram:CreateResourceShare' }],
    ['opens the whole catalogue', { Action: 'glue:PutResourcePolicy' }],
    ['grants tables', { Action: 'lakeformation:GrantPermissions' }],
    ['gets data by Lake Formation', { Action: 'lakeformation:GetDataAccess' }],
    ['brings a catalogue', { Action: 'athena:CreateDataCatalog' }],
    ['stops the trail', { Action: 'cloudtrail:StopLogging' }],
    ['changes what the trail sees', { Action: 'cloudtrail:PutEventSelectors' }],
    ['stops the record of changes', { Action: 'config:StopConfigurationRecorder' }],
    ['stops what tells of intruders', { Action: 'guardduty:DeleteDetector' }],
    ['has a part of a service', { Action: 'dynamodb:Get*' }],
    ['has a service that nobody asks about', { Action: 'sagemaker:CreateTrainingJob' }],
    ['has what is listed of another role', { Action: 'ec2:RunInstances' }],
    ['reads any parameter', { Action: 'ssm:GetParameter' }],
    ['has all but one service', { NotAction: 'iam:*', Resource: 'arn:aws:sagemaker:*:*:*' }],
  ];
  return ['production-operations', 'research-operations'].flatMap((stack) =>
    rights.map(([name, statement]) => ({
      id: `${stack}: a role that ${name}`,
      description: 'an opening',
      apply: (output: Output) => addResource(output, stack, role('added', { Resource: '*', ...statement })),
      expects: /^open .+the role atoll-sample-added may .+allowed: (?:no power|what is declared of it)/,
    })),
  );
}
