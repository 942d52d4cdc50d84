import { describe, expect, test } from '@jest/globals';
import { proveErasure } from '../../../assurance/erasure/prove-erasure';
import { RESOURCE_JUDGES } from '../../../assurance/erasure/resource-holdings';
import { addResource } from '../../mutations/edits';
import { generateEnvironment } from '../../support/generate-environment';
import { sampleEnvironment } from '../../support/sample-environment';
import { writtenOutput } from '../../support/written-output';

const environment = sampleEnvironment();
const output = writtenOutput(environment);
const proven = proveErasure(environment, output);
const holdingOf = (subject: string) => proven.holdings.find((row) => row.subject === subject);

describe('the sample environment', () => {
  test('has nothing without a tenant, an eraser or a reason', () => {
    expect(proven.findings).toEqual([]);
    expect(proven.covered['tenants']).toBe(3);
    expect(proven.covered['resources']).toBeGreaterThan(300);
    expect(proven.covered['objects']).toBeGreaterThan(200);
  });

  test("says by what a tenant's bucket ends, prefix by prefix", () => {
    expect(holdingOf('tenant-acme/Bucket')).toEqual({
      subject: 'tenant-acme/Bucket',
      type: 'AWS::S3::Bucket',
      tenants: ['acme'],
      holds:
        'recordings, what pipelines made of them, models and exports, under raw/ derived/ models/ exports/ checkpoints/ trainings/',
      endings: [
        {
          by: 'eraser',
          actions: [
            's3:ListBucket',
            's3:ListBucketVersions',
            's3:ListBucketMultipartUploads',
            's3:DeleteObject',
            's3:DeleteObjectVersion',
            's3:AbortMultipartUpload',
          ],
        },
        { by: 'expiry', what: 'raw/video/', days: 90 },
        { by: 'expiry', what: 'raw/audio/', days: 90 },
        { by: 'expiry', what: 'raw/text/', days: 180 },
        { by: 'expiry', what: 'checkpoints/', days: 15 },
        { by: 'expiry', what: 'trainings/', days: 30 },
      ],
    });
  });

  test("ends a queue's messages by the eraser and by themselves", () => {
    expect(holdingOf('tenant-acme/DeadLetterQueue')?.endings).toEqual([
      { by: 'eraser', actions: ['sqs:PurgeQueue'] },
      { by: 'expiry', what: 'a message', days: 14 },
    ]);
  });

  test('ends the scratch and the shared memory of a training with its pod', () => {
    expect(holdingOf('production Job tenant-acme/training-acme-topics-2')?.endings).toEqual([
      { by: 'owner', what: 'its pod: files of the container' },
      { by: 'owner', what: 'its pod: volume scratch' },
      { by: 'owner', what: 'its pod: volume shared-memory' },
    ]);
  });

  test('ends the scratch of a pipeline with its pod, and that of a node with the node', () => {
    expect(holdingOf('production ScaledJob tenant-acme/pipeline-audio')?.endings).toEqual([
      { by: 'owner', what: 'its pod: files of the container' },
      { by: 'owner', what: 'its pod: volume scratch' },
    ]);
    expect(holdingOf('production NodePool pipeline-gpu')?.endings).toEqual([{ by: 'expiry', what: 'a node', days: 8 }]);
  });

  test('counts what holds none, with the reason', () => {
    expect(proven.empty).toContainEqual({
      type: 'AWS::ECR::Repository',
      count: output.stacks
        .flatMap((stack) => Object.values(stack.template().Resources))
        .filter(({ Type }) => Type === 'AWS::ECR::Repository').length,
      because: "images and charts; a tenant's model lies in its bucket, never in a registry",
    });
  });

  test('keeps the archive of evidence, and says why', () => {
    expect(proven.kept.map(({ subject }) => subject)).toEqual(['audit/atoll-audit-archive-444444444444']);
  });
});

describe('the eraser', () => {
  test('is not made by any template, and the result says what that means', () => {
    expect(proven.eraser).toEqual({
      role: 'arn:aws:iam::222222222222:role/atoll-sample-eraser',
      made: false,
      meaning:
        'no template makes the role: policies leave room for it and nothing erases yet; what ends today ends by expiry or with its owner',
    });
  });

  test('is seen once a template makes it', () => {
    const made = addResource(output, 'production-operations', {
      Type: 'AWS::IAM::Role',
      Properties: { RoleName: 'atoll-sample-eraser' },
    });
    expect(proveErasure(environment, made).eraser.made).toBe(true);
  });
});

test('tenants in every state are covered alike', () => {
  const generated = generateEnvironment(40);
  const result = proveErasure(generated, writtenOutput(generated));
  expect(result.findings).toEqual([]);
  const withBucket = result.holdings
    .filter(({ type, subject }) => type === 'AWS::S3::Bucket' && subject.startsWith('tenant-'))
    .flatMap(({ tenants }) => tenants);
  expect(withBucket).toEqual(generated.tenants.map(({ id }) => id));
});

test('an environment that has no tenant of a stack does not take the stack for its own', () => {
  const without = sampleEnvironment({ tenants: [], grants: [] });
  expect(proveErasure(without, output).findings).toContainEqual({
    proof: 'erasure',
    kind: 'not-understood',
    subject: 'tenant-acme',
    message: 'got a stack of no tenant that lives, expected one that the environment has',
  });
});

describe("a team's bucket", () => {
  const stores = (grants = environment.grants) =>
    proveErasure({ ...environment, grants }, output).holdings.filter(
      ({ type, subject }) => type === 'AWS::S3::Bucket' && subject.startsWith('research-data-access/'),
    );

  test('ends by itself and by the eraser, and names the tenants that its grants open', () => {
    const endings = [
      {
        by: 'eraser',
        actions: ['s3:ListBucket', 's3:ListBucketVersions', 's3:DeleteObject', 's3:DeleteObjectVersion'],
      },
      { by: 'expiry', what: 'results/', days: 8 },
      { by: 'expiry', what: 'datasets/', days: 91 },
    ];
    expect(stores().map((row) => [row.tenants, row.endings])).toEqual([
      [['acme'], endings],
      [['acme', 'birch'], endings],
    ]);
  });

  test('ends the same without any grant', () => {
    expect(stores([]).map((row) => [row.tenants, row.endings.length])).toEqual([
      [[], 3],
      [[], 3],
    ]);
  });
});

test('every type that a synth of ours writes has a judge', () => {
  const types = new Set(output.stacks.flatMap((stack) => Object.values(stack.template().Resources).map((r) => r.Type)));
  expect([...types].filter((type) => RESOURCE_JUDGES[type] === undefined)).toEqual([]);
});
