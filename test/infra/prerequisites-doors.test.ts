import { expect, test } from '@jest/globals';
import { prerequisites } from '../../infra/aws/prerequisites';
import { doorsEnvironment, doorsInput } from '../support/doors-environment';
import { sampleEnvironment } from '../support/sample-environment';
import { environmentWithSources } from '../support/sample-sources';

const text = prerequisites(doorsEnvironment());

test('an environment without doors says nothing of them', () => {
  expect(prerequisites(sampleEnvironment())).not.toMatch(/elbv2|elasticloadbalancing|production-doors/);
});

test('the certificate comes before the deploy, and the name after it', () => {
  expect(text).toContain("'sample/production-doors'");
  expect(text).toMatch(/^## 10\. The product's way to the router$/m);
  expect(text).toContain(`--certificate-arn ${doorsInput.doors.product.certificateArn} --query Certificate.Status`);
  expect(text).toContain('point router.sample.example.com at the load balancer');
  expect(text).toContain('aws elbv2 describe-load-balancers --region eu-central-1 --names atoll-sample-product');
});

test("the network team routes the product's blocks, and the way back", () => {
  for (const block of doorsInput.doors.product.cidrBlocks)
    expect(text).toContain(`create-transit-gateway-route --region eu-central-1 --destination-cidr-block ${block} `);
  expect(text).toContain('create-transit-gateway-route --region eu-central-1 --destination-cidr-block 10.16.0.0/16 ');
});

test('production alone has the linked role of load balancing, and the right to make one', () => {
  const accounts = text.split(/^## \d+\. Account /m);
  const has = (what: string): string[] =>
    accounts.filter((part) => part.includes(what)).map((part) => part.slice(0, 25));
  expect(has('--aws-service-name elasticloadbalancing.amazonaws.com')).toEqual(['222222222222 (production)']);
  expect(has('"elasticloadbalancing:*"')).toEqual(['222222222222 (production)']);
});

test('the section comes after that of relational sources', () => {
  const env = environmentWithSources();
  const both = prerequisites({ ...env, doors: doorsEnvironment().doors });
  expect(both).toMatch(/^## 10\. Relational sources$/m);
  expect(both).toMatch(/^## 11\. The product's way to the router$/m);
});
