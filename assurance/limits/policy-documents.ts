import type { Stack } from '../output/cloud-assembly';
import { at, isValues, listOf } from '../output/values';
import type { QuotaKey } from './limit';

/** A document whose size has a quota: one policy, or all inline policies of a role together. */
export interface Document {
  readonly quota: QuotaKey;
  readonly where: string;
  readonly parts: readonly unknown[];
}

/** Where each type has its policies, and under which quota. */
const DOCUMENTS: Readonly<Record<string, readonly (readonly [property: string, quota: QuotaKey])[]>> = {
  'AWS::IAM::Role': [['AssumeRolePolicyDocument', 'trustPolicyCharacters']],
  'AWS::IAM::ManagedPolicy': [['PolicyDocument', 'managedPolicyCharacters']],
  'AWS::S3::BucketPolicy': [['PolicyDocument', 'bucketPolicyBytes']],
  'AWS::KMS::Key': [['KeyPolicy', 'keyPolicyBytes']],
  'AWS::SQS::QueuePolicy': [['PolicyDocument', 'queuePolicyBytes']],
  'AWS::EC2::VPCEndpoint': [['PolicyDocument', 'vpcEndpointPolicyCharacters']],
};

/** The documents of a stack. IAM counts the inline policies of a role together, wherever they are written. */
export function documentsOf(stack: Stack): Document[] {
  const documents: Document[] = [];
  const inline = new Map<string, unknown[]>();
  const addInline = (role: string, parts: readonly unknown[]): void => {
    inline.set(role, [...(inline.get(role) ?? []), ...parts]);
  };
  for (const [id, { Type, Properties = {} }] of Object.entries(stack.template().Resources)) {
    for (const [property, quota] of DOCUMENTS[Type] ?? [])
      if (Properties[property] !== undefined)
        documents.push({ quota, where: `${stack.id}/${id}`, parts: [Properties[property]] });
    if (Type === 'AWS::IAM::Role')
      addInline(
        id,
        listOf(Properties['Policies']).map((policy) => at(policy, 'PolicyDocument')),
      );
    if (Type === 'AWS::IAM::Policy' || Type === 'AWS::IAM::RolePolicy')
      for (const role of [...listOf(Properties['Roles']), ...listOf(Properties['RoleName'])])
        addInline(String(at(role, 'Ref') ?? role), [Properties['PolicyDocument']]);
  }
  for (const [role, parts] of inline)
    if (parts.length > 0) documents.push({ quota: 'inlinePolicyCharacters', where: `${stack.id}/${role}`, parts });
  return documents;
}

/**
 * Characters for which a value stands that only a deploy tells: more than the ARN of a key (75) or of a role with the longest name
 * (95), so that a document is never longer than it is measured.
 */
const UNKNOWN_CHARACTERS = 100;

/** Characters of a value as compact JSON, as policies are stored. @param skip texts that are left out of lists */
export function compactLength(value: unknown, skip: (text: string) => boolean = () => false): number {
  if (typeof value === 'string') return value.length + 2;
  if (Array.isArray(value)) {
    const items = value.filter((item) => !(typeof item === 'string' && skip(item)));
    return items.reduce<number>((sum, item) => sum + compactLength(item, skip), 1 + Math.max(items.length, 1));
  }
  if (!isValues(value)) return String(value).length;
  const keys = Object.keys(value);
  const [only = ''] = keys;
  if (keys.length === 1 && (only === 'Ref' || only.startsWith('Fn::'))) return intrinsicLength(only, value[only]) + 2;
  return keys.reduce((sum, key) => sum + key.length + 4 + compactLength(value[key], skip), keys.length === 0 ? 2 : 1);
}

function intrinsicLength(name: string, value: unknown): number {
  if (name !== 'Fn::Join' || !Array.isArray(value)) return UNKNOWN_CHARACTERS;
  const [separator, parts] = value as readonly unknown[];
  const lengths = listOf(parts).map((part) => (typeof part === 'string' ? part.length : UNKNOWN_CHARACTERS));
  return lengths.reduce((sum, length) => sum + length, String(separator).length * Math.max(lengths.length - 1, 0));
}
