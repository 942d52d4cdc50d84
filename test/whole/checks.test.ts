import { describe, expect, test } from '@jest/globals';
import { templateShape, TENANT_QUANTITIES } from '../../constructs/guards/templates/shape';
import { environmentNames } from '../../environments';
import { buildApp } from '../../infra/build-app';
import { nagFindings } from '../support/nag';
import { synthesized, type WholeEnvironment } from '../support/synthesized';
import { temporaryFolder } from '../support/temporary';

/** Tenants by the shape of their template: those of one shape differ by name only. */
function shapes(whole: WholeEnvironment): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { stack, template } of whole.templates) {
    if (!stack.id.startsWith('tenant-')) continue;
    const id = stack.id.slice('tenant-'.length);
    const shape = templateShape(template, { id }, TENANT_QUANTITIES);
    groups.set(shape, [...(groups.get(shape) ?? []), id]);
  }
  return groups;
}

describe.each(environmentNames)('%s', (name) => {
  const whole = synthesized(name);
  const groups = shapes(whole);
  const representatives = [...groups.values()].flatMap((ids) => ids.slice(0, 1));

  test('every tenant’s template has the shape of one that is judged', () => {
    const active = whole.env.tenants.filter((tenant) => tenant.state !== 'erased').map((tenant) => tenant.id);
    expect([...groups.values()].flat().sort()).toEqual(active);
  });

  test('cdk-nag’s AwsSolutions and NIST 800-53 r5 packs have no finding without a written reason', () => {
    const app = buildApp(whole.env, whole.files, {
      tenants: representatives,
      outdir: temporaryFolder(),
    });
    const result = nagFindings(app);
    expect(result.resources).toBeGreaterThan(100);
    expect(result.findings).toEqual([]);
  });

  test('CDK’s own template validation finds nothing', () => {
    const outdir = temporaryFolder();
    const app = buildApp(whole.env, whole.files, { tenants: representatives, outdir, validate: true });
    expect(() => app.synth()).not.toThrow();
  });
});
