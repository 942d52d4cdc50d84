import { describe, expect, test } from '@jest/globals';
import { evaluateAdmission } from '../../support/cel';
import { admissionObjects } from '../../../constructs/k8s/platform/admission/admission';
import type { ClusterName } from '../../../schema/vocabulary';
import { sampleEnvironment } from '../../support/sample-environment';
import { type AdmissionCase, PRODUCTION_CASES, RESEARCH_CASES } from './admission-cases';

const env = sampleEnvironment();
const clusters: readonly (readonly [ClusterName, readonly AdmissionCase[]])[] = [
  ['production', PRODUCTION_CASES],
  ['research', RESEARCH_CASES],
];

describe.each(clusters)('%s', (cluster, cases) => {
  const objects = admissionObjects(env, cluster);

  test.each(cases.map((each) => [each.policy, each.name, each] as const))('%s judges %s', (policy, _name, each) => {
    const found = objects.find((object) => object.metadata.name === `atoll-${policy}`);
    expect({ allowed: evaluateAdmission(found, each.input) }).toEqual({ allowed: each.allowed });
  });
});
