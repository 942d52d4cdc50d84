import { asList, at, type CfnTemplateResource, isRecord, type Json } from './template';

/** Which quota and which rules a policy document falls under. */
export type PolicyKind = 'inline' | 'managed' | 'trust' | 'bucket' | 'key' | 'queue' | 'endpoint' | 'other';

/** A policy document of a resource, with its path in the resource. */
export interface PolicyAt {
  readonly kind: PolicyKind;
  readonly path: string;
  readonly document: Json;
  /** Its statements with their paths. */
  readonly statements: readonly (readonly [path: string, statement: Json])[];
}

/** Where each type of resource carries its policy. */
const DOCUMENTS: Readonly<Record<string, readonly (readonly [kind: PolicyKind, property: string])[]>> = {
  'AWS::IAM::Role': [['trust', 'AssumeRolePolicyDocument']],
  'AWS::IAM::Policy': [['inline', 'PolicyDocument']],
  'AWS::IAM::RolePolicy': [['inline', 'PolicyDocument']],
  'AWS::IAM::ManagedPolicy': [['managed', 'PolicyDocument']],
  'AWS::S3::BucketPolicy': [['bucket', 'PolicyDocument']],
  'AWS::S3::AccessPoint': [['bucket', 'Policy']],
  'AWS::KMS::Key': [['key', 'KeyPolicy']],
  'AWS::SQS::QueuePolicy': [['queue', 'PolicyDocument']],
  'AWS::SQS::QueueInlinePolicy': [['queue', 'PolicyDocument']],
  'AWS::EC2::VPCEndpoint': [['endpoint', 'PolicyDocument']],
  'AWS::SNS::TopicPolicy': [['other', 'PolicyDocument']],
  'AWS::SNS::TopicInlinePolicy': [['other', 'PolicyDocument']],
  'AWS::ECR::Repository': [['other', 'RepositoryPolicyText']],
  'AWS::ECR::RegistryPolicy': [['other', 'PolicyText']],
  'AWS::Logs::ResourcePolicy': [['other', 'PolicyDocument']],
  'AWS::SecretsManager::ResourcePolicy': [['other', 'ResourcePolicy']],
  'AWS::EKS::PodIdentityAssociation': [['other', 'Policy']],
};

function documentOf(value: unknown): Json | undefined {
  if (isRecord(value)) return value;
  if (typeof value !== 'string' || !value.startsWith('{')) return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function policyAt(kind: PolicyKind, path: string, document: Json): PolicyAt {
  const statements = asList(document['Statement']).flatMap((statement, i) =>
    isRecord(statement) ? [[`${path}.Statement.${i}`, statement] as const] : [],
  );
  return { kind, path, document, statements };
}

/** Every policy document that a resource carries. */
export function policiesOf(resource: CfnTemplateResource): PolicyAt[] {
  const found: PolicyAt[] = [];
  for (const [kind, property] of DOCUMENTS[resource.Type] ?? []) {
    const document = documentOf(resource.Properties?.[property]);
    if (document !== undefined) found.push(policyAt(kind, `Properties.${property}`, document));
  }
  if (resource.Type === 'AWS::IAM::Role') {
    asList(resource.Properties?.['Policies']).forEach((policy, i) => {
      const document = documentOf(at(policy, 'PolicyDocument'));
      if (document !== undefined) {
        found.push(policyAt('inline', `Properties.Policies.${i}.PolicyDocument`, document));
      }
    });
  }
  return found;
}
