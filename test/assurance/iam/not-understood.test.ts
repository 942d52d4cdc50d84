import { expect, test } from '@jest/globals';
import { NotUnderstood } from '../../../assurance/iam/not-understood';
import { policyOf, type PolicyPlace } from '../../../assurance/iam/policy';
import { readWorld } from '../../../assurance/iam/read-world';
import type { Stack, TemplateResource } from '../../../assurance/output/cloud-assembly';
import { engineOf, GET } from './small-engine';
import { bucket, HERE, identityPolicy, role, smallWorld } from './small-world';

function faults(make: () => unknown): readonly string[] {
  try {
    make();
  } catch (error) {
    if (error instanceof NotUnderstood) return error.faults;
    throw error;
  }
  return [];
}

const STATEMENT = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const parse = (statement: object, place: PolicyPlace = 'identity'): readonly string[] =>
  faults(() => policyOf('p', { Version: '2012-10-17', Statement: [{ ...STATEMENT, ...statement }] }, place));

test.each<[string, object, PolicyPlace, string]>([
  [
    'an element',
    { Actoin: '*' },
    'identity',
    "p: Statement[0]: got the element 'Actoin', allowed Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition",
  ],
  ['an effect', { Effect: 'allow' }, 'identity', 'p: Statement[0].Effect: got "allow", allowed Allow or Deny'],
  [
    'a principal where there is none',
    { Principal: '*' },
    'identity',
    "p: Statement[0]: got Principal of Principal and NotPrincipal, allowed none in a policy of kind 'identity'",
  ],
  [
    'a resource’s policy without a principal',
    {},
    'resource',
    "p: Statement[0]: got neither of Principal and NotPrincipal, allowed one in a policy of kind 'resource'",
  ],
  [
    'a kind of principal',
    { Principal: { CanonicalUser: 'abc' } },
    'resource',
    'p: Statement[0].Principal.CanonicalUser: got "abc", allowed \'*\', or AWS with an account, a role, a user or a session, Service or Federated with a name',
  ],
  [
    'an action of no service',
    { Action: 'GetObject' },
    'identity',
    "p: Statement[0].Action: got 'GetObject', allowed '*' or service:action",
  ],
  [
    'an ARN of too few parts',
    { Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3' } } },
    'identity',
    "p: Statement[0].Condition.ArnLike.aws:SourceArn: got 'arn:aws:s3', allowed an ARN of six parts separated by colons",
  ],
  [
    'an address of version 6',
    { Condition: { IpAddress: { 'aws:SourceIp': '2001:db8::/32' } } },
    'identity',
    "p: Statement[0].Condition.IpAddress.aws:SourceIp: got '2001:db8::/32', allowed an IPv4 address or block",
  ],
  [
    'a variable without a service',
    { Resource: 'arn:aws:s3:::${user}' },
    'identity',
    'p: Statement[0].Resource: got the variable ${user}, allowed ${service:key}',
  ],
  [
    'a date in words',
    { Condition: { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } } },
    'identity',
    "p: Statement[0].Condition.DateLessThan.aws:CurrentTime: got 'tomorrow', allowed a date such as 2027-01-31T00:00:00Z",
  ],
])('%s is not understood, by its name', (_, statement, place, message) => {
  expect(parse(statement, place)).toEqual([message]);
});

test('an operator is not understood, by its name, and all faults come together', () => {
  const found = parse({
    Condition: {
      StringMatches: { 'aws:userid': 'a' },
      NullIfExists: { 'aws:userid': 'true' },
      Bool: { 'aws:SecureTransport': 'yes' },
    },
  });
  expect(found.map((one) => one.replace(/allowed String.*/, 'allowed …'))).toEqual([
    "p: Statement[0].Condition.StringMatches: got the operator 'StringMatches', allowed …",
    "p: Statement[0].Condition.NullIfExists: got the operator 'NullIfExists', allowed …",
    "p: Statement[0].Condition.Bool.aws:SecureTransport: got 'yes', allowed true or false",
  ]);
});

const asked = (condition: object): readonly string[] =>
  faults(() => {
    const own = role(HERE, 'r', { policies: [identityPolicy({ ...GET, Condition: condition })] });
    return engineOf(smallWorld({ roles: [own] })).isAllowed({
      principal: { kind: 'role', arn: own.arn },
      action: 's3:GetObject',
      target: { resource: bucket(), type: 'object' },
    });
  });

test.each<[string, object, string]>([
  [
    'a key that no service documents',
    { StringEquals: { 's3:Colour': 'red' } },
    "StringEquals.s3:Colour: got the key 's3:Colour', allowed one that iam-data lists for a service of the world",
  ],
  [
    'a single operator on several values',
    { StringEquals: { 'aws:CalledVia': 'a' } },
    "StringEquals.aws:CalledVia: got StringEquals on 'aws:CalledVia', which holds several values; allowed ForAnyValue: or ForAllValues:",
  ],
  [
    'a text operator on a number',
    { StringEquals: { 's3:TlsVersion': '1.2' } },
    "StringEquals.s3:TlsVersion: got StringEquals on 's3:TlsVersion', allowed an operator for values of type 'number'",
  ],
  [
    'a variable that may be absent in a negated comparison',
    { StringNotLike: { 's3:prefix': '${aws:PrincipalTag/a}/*' } },
    'StringNotLike.s3:prefix: got the variable ${aws:PrincipalTag/a} in a negated comparison, allowed one that every request has, or one with a default',
  ],
])('%s stops the query, by its name', (_, condition, message) => {
  expect(asked(condition)).toEqual([`an identity: Statement[0].Condition.${message}`]);
});

function stackOf(resources: Readonly<Record<string, TemplateResource>>): Stack {
  const template = { Resources: resources };
  return {
    id: 's',
    name: 's',
    account: HERE,
    region: 'eu-central-1',
    file: 's.json',
    text: () => '',
    assets: () => [],
    template: () => template,
  };
}
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const madeRole = (more: object): TemplateResource => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: TRUST, ...more },
});
const read = (resource: TemplateResource): readonly string[] => faults(() => readWorld([stackOf({ It: resource })]));

test.each<[string, TemplateResource, string]>([
  [
    'an intrinsic',
    madeRole({ RoleName: { 'Fn::ImportValue': 'x' } }),
    's/It.RoleName: got the intrinsic Fn::ImportValue, allowed Fn::Base64, Fn::GetAtt, Fn::GetStackOutput, Fn::Join, Fn::Select, Fn::Split, Fn::Sub',
  ],
  [
    'a property of a role',
    madeRole({ Rights: [] }),
    "s/It: got the property 'Rights', allowed AssumeRolePolicyDocument, Description, ManagedPolicyArns, MaxSessionDuration, Path, PermissionsBoundary, Policies, RoleName, Tags",
  ],
  [
    'a policy that AWS manages',
    madeRole({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }),
    's/It: got the managed policy arn:aws:iam::aws:policy/AdministratorAccess, allowed AmazonEKSClusterPolicy, AmazonEKS_CNI_Policy, AmazonEBSCSIDriverPolicyV2, AmazonEKSWorkerNodeMinimalPolicy, AmazonEC2ContainerRegistryPullOnly, service-role/AWSLambdaBasicExecutionRole, service-role/AWSLambdaVPCAccessExecutionRole; look it up and add it',
  ],
  [
    'a resource that gives rights',
    { Type: 'AWS::S3::AccessPoint' },
    's/It: got AWS::S3::AccessPoint, allowed a type that is known: it may give rights that are not read',
  ],
  [
    'a stack within',
    { Type: 'AWS::CloudFormation::Stack' },
    's/It: got AWS::CloudFormation::Stack, allowed a type that is known: it may give rights that are not read',
  ],
  [
    "a federated catalogue of Athena's",
    { Type: 'AWS::Athena::DataCatalog' },
    's/It: got AWS::Athena::DataCatalog, allowed a type that is known: it may give rights that are not read',
  ],
  [
    'a database that is a link',
    { Type: 'AWS::Glue::Database', Properties: { CatalogId: '222222222222', DatabaseInput: { TargetDatabase: {} } } },
    "s/It.DatabaseInput: got the property 'TargetDatabase', allowed Description, Name",
  ],
  [
    'a workgroup with a property that is not known',
    { Type: 'AWS::Athena::WorkGroup', Properties: { Name: 'w', WorkGroupConfigurationUpdates: {} } },
    "s/It: got the property 'WorkGroupConfigurationUpdates', allowed Description, Name, RecursiveDeleteOption, State, Tags, WorkGroupConfiguration",
  ],
  [
    'a policy where none is read',
    { Type: 'AWS::Logs::LogGroup', Properties: { ResourcePolicyDocument: TRUST } },
    's/It: got a policy in Properties.ResourcePolicyDocument of AWS::Logs::LogGroup, allowed none: it is not read',
  ],
  [
    'a condition of the template',
    { ...madeRole({}), Condition: 'Sometimes' },
    's/It: got the attribute Condition, allowed Type, Properties, DependsOn, DeletionPolicy, UpdateReplacePolicy, Metadata',
  ],
  [
    'a policy on what no stack makes',
    { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'other', PolicyDocument: { Statement: [] } } },
    's/It.PolicyDocument: got a policy of arn:aws:s3:::other, allowed one of a resource that the stacks make',
  ],
])('%s is not understood in a template, by its name', (_, resource, message) => {
  expect(read(resource)).toEqual([message]);
});
