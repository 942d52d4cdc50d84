import type { Scan } from './scan';
import { asList, type CfnTemplateResource, fault, hasReason, isRecord, type TemplateContext } from './template';

const STATEFUL: ReadonlySet<string> = new Set([
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EC2::Volume',
  'AWS::ECR::Repository',
  'AWS::EFS::FileSystem',
  'AWS::FSx::FileSystem',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
]);

const RETAINED: readonly unknown[] = ['Retain', 'RetainExceptOnCreate'];

function isStateful(resource: CfnTemplateResource, scan: Scan): boolean {
  if (resource.Type === 'AWS::S3::BucketPolicy') {
    // A bucket that stays must not lose its locks first; the policy of another stack's bucket is that stack's matter.
    return asList(resource.Properties?.['Bucket']).some(
      (bucket) =>
        (isRecord(bucket) && typeof bucket['Ref'] === 'string' && isBucket(scan, bucket['Ref'])) ||
        (typeof bucket === 'string' && scan.resources.some(([, other]) => other.Properties?.['BucketName'] === bucket)),
    );
  }
  // An Aurora instance holds nothing: the cluster's volume does.
  if (resource.Type === 'AWS::RDS::DBInstance') return resource.Properties?.['DBClusterIdentifier'] === undefined;
  return STATEFUL.has(resource.Type);
}

const isBucket = (scan: Scan, id: string): boolean => scan.template.Resources?.[id]?.Type === 'AWS::S3::Bucket';

/** Two keys to destroy data: what holds it outlives its stack and its replacement unless it is retired with a reason. */
export function retentionFaults(scan: Scan, context: TemplateContext): string[] {
  const faults: string[] = [];
  for (const [id, resource] of scan.resources) {
    if (!isStateful(resource, scan) || hasReason(resource, 'atoll:retired')) continue;
    const remedy = 'retain it, or retire it with a reason in Metadata atoll:retired';
    const { DeletionPolicy: deletion, UpdateReplacePolicy: replacement } = resource;
    if (!RETAINED.includes(deletion)) {
      const allowed = 'Retain or RetainExceptOnCreate';
      faults.push(fault(context.stackName, `${id}: DeletionPolicy`, deletion ?? 'nothing', allowed, remedy));
    }
    // CloudFormation knows no RetainExceptOnCreate here, and its default deletes what a replacement leaves behind.
    if (replacement !== 'Retain') {
      faults.push(fault(context.stackName, `${id}: UpdateReplacePolicy`, replacement ?? 'nothing', 'Retain', remedy));
    }
  }
  return faults;
}
