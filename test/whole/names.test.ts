import { expect, test } from '@jest/globals';
import { literalTexts, sourceFiles, sourceText } from '../support/source-files';

/** Texts that are a name of ours, or the beginning of one. */
const OURS = /^\/?atoll[-/.]|^alias\/atoll|[:/]atoll-/;
/** Texts that are an ARN of something in an account of ours; AWS's own (no account, or `aws`) may stand where they are used. */
const ARN = /^arn:aws:[a-z0-9-]+:[^:]*:(?!:)(?!aws:)[^:]+:|^arn:aws:s3:::(?!cdk-|$)/;

/** Files that may spell them: a guard and the policy engine, which rebuild what CloudFormation and IAM make of any name. */
const SPELLING = /^(?:constructs\/guards\/templates\/text\.ts$|assurance\/iam\/)/;
/** The rest of an ARN that no name of ours is in. */
const NAMELESS = /:root$|:\*:capacity-reservation\/|<network account>/;

function misplaced(text: string): boolean {
  return OURS.test(text) || (ARN.test(text) && !NAMELESS.test(text));
}

test('names and ARNs of ours are made in schema/ only', () => {
  const files = sourceFiles('constructs', 'infra', 'assurance', 'cli', 'services');
  expect(files.length).toBeGreaterThan(100);
  const found = files
    .filter((file) => !SPELLING.test(file))
    .flatMap((file) =>
      literalTexts(sourceText(file))
        .filter(misplaced)
        .map((text) => `${file}: ${text}`),
    );
  expect(found).toEqual([]);
});

test.each([
  ['const name = `atoll-${env.name}-x`;', true],
  ["const key = 'alias/atoll/prod/x';", true],
  ['const group = `/atoll/${env.name}/x`;', true],
  ["const label = 'atoll.dev/tenant';", true],
  ['const queue = `arn:aws:sqs:${env.region}:${account}:x`;', true],
  ['const bucket = `arn:aws:s3:::${name}`;', true],
  ['const image = `arn:aws:ec2:${env.region}::image/*`;', false],
  ["const policy = 'arn:aws:eks::aws:cluster-access-policy/X';", false],
  ["// 'atoll-x'", false],
  ["import x from './atoll-x';", false],
])('%s is found: %s', (text, is) => {
  expect(literalTexts(text).some(misplaced)).toBe(is);
});
