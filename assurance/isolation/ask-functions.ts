import type { FindingKind } from '../finding';
import { bootstrapNames } from '../../schema/names';
import { assetAt } from '../output/assets';
import { type DeclaredFunction, declaredFunctions, isRunAs } from './declared-functions';
import { askRule, resourcesOfType, whereOf } from './placed-resources';
import { fields, free, just, reference, type Rule, type PlacedResource } from './property-rules';
import type { Asking } from './spot';

const FUNCTION = 'AWS::Lambda::Function';

/**
 * The functions of the stacks are those that are declared, each with the settings and the role that it has, and their code is an asset of their own
 * stack in the bootstrap's bucket: what runs with a role's rights is known, and lies where no role of the stacks writes.
 */
export function askFunctions(asking: Asking): void {
  const { env, findings } = asking;
  const note = (kind: FindingKind, subject: string, message: string): void => {
    findings.push({ proof: 'isolation', kind, subject, message });
  };
  const declared = declaredFunctions(env);
  const found = new Map<DeclaredFunction, PlacedResource>();
  for (const one of resourcesOfType(asking, FUNCTION)) {
    const meant = declared.find((each) => each.stack === one.stack.id && isRunAs(one, each));
    if (meant === undefined || found.has(meant)) {
      const role = JSON.stringify(one.resource.Properties?.['Role']);
      note('open', whereOf(one), `got a function with the role ${role}, allowed those that are declared, each once`);
      continue;
    }
    found.set(meant, one);
    askRule(
      asking,
      one,
      fields({
        ...meant.rules(one),
        Code: deployed(one),
        Role: free('it is what tells the functions apart'),
      }),
    );
  }
  for (const { who, stack } of declared.filter((each) => !found.has(each)))
    note('closed', `${env.name}-${stack}`, `got no function for the ${who}, allowed one: it is declared`);
  askLayers(asking);
  askCalledOnce(asking, found, note);
}

function askLayers(asking: Asking): void {
  for (const layer of resourcesOfType(asking, 'AWS::Lambda::LayerVersion'))
    askRule(
      asking,
      layer,
      fields({
        Content: deployed(layer),
        Description: free('a text for people'),
        LicenseInfo: free('a text for people'),
      }),
    );
}

/** What was asked of a function without waiting for its answer: it is not tried again, and nobody else hears of it. */
function askCalledOnce(
  asking: Asking,
  found: ReadonlyMap<DeclaredFunction, PlacedResource>,
  note: (kind: FindingKind, subject: string, message: string) => void,
): void {
  const configured = resourcesOfType(asking, 'AWS::Lambda::EventInvokeConfig');
  const once = new Map([...found].filter(([{ once: is }]) => is).map(([, one]) => [whereOf(one), one]));
  for (const config of configured) {
    askRule(
      asking,
      config,
      fields({
        FunctionName: reference(config, FUNCTION, { fits: (one) => once.delete(whereOf(one)) }),
        MaximumRetryAttempts: just(0),
        Qualifier: just('$LATEST'),
      }),
    );
  }
  for (const where of once.keys()) note('closed', where, 'got no AWS::Lambda::EventInvokeConfig, allowed one');
}

/** An asset of the resource's own stack, and nothing that is written in the template or lies elsewhere. */
function deployed({ stack }: PlacedResource): Rule {
  const bucket = bootstrapNames.assetsBucket(stack.account, stack.region);
  return fields({
    S3Bucket: just(bucket),
    S3Key: (got, path) => {
      const asset = assetAt(stack.assets(), bucket, got);
      if (asset === undefined)
        return [`${path}: got ${JSON.stringify(got)}, allowed the key of one asset of ${stack.name}`];
      return asset.exists() ? [] : [`${path}: got the asset ${asset.path}, which is not there`];
    },
  });
}
