import { registryNames } from '../../../schema/names';
import { allowedImages } from './image-faults';
import { child, type GateContext, isJson, type Json, type Report, shown, type Subject, text } from './subject';

/** A reference that begins with a registry: a host with a dot, then a path. */
const FOREIGN = /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?\/\S+$/;

/**
 * Images that a HelmRelease's values name: every `repository` or `image` with its `tag`, and whatever else looks like one. The chart
 * itself is rendered in the cluster, so what its values leave to its defaults is not seen here; the list in `schema/images.ts` says which images it
 * runs as it is configured.
 */
export function chartImageFaults(context: GateContext, subject: Subject, report: Report): void {
  if (subject.kind !== 'HelmRelease') return;
  const host = registryNames.host(context.env, context.cluster);
  const allowed = allowedImages(context);
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value))
      value.forEach((item, i) => {
        visit(item, `${path}[${i}]`);
      });
    else if (isJson(value)) {
      const named = reference(value, host);
      if (named !== undefined && !allowed.has(named.image)) refuse(`${path}.${named.key}`, named.image);
      for (const [key, item] of Object.entries(value)) if (key !== named?.key) visit(item, `${path}.${key}`);
    } else if (typeof value === 'string' && FOREIGN.test(value) && !value.startsWith(`${host}/`)) refuse(path, value);
  };
  const refuse = (path: string, got: string): void => {
    report(
      `${path}: got ${shown(got)}, allowed the images of schema/images.ts for the ${context.cluster} cluster, in its own registry; use imageParts`,
    );
  };
  visit(child(child(subject.object, 'spec'), 'values'), 'spec.values');
}

/** The image that a map of values names by `repository` or `image`, `tag` and `digest`; the host may stand elsewhere in the values. */
function reference(values: Json, host: string): { readonly key: string; readonly image: string } | undefined {
  const key = ['repository', 'image'].find((name) => text(values, name) !== undefined);
  const tag = text(values, 'tag');
  if (key === undefined || tag === undefined) return undefined;
  const name = text(values, key) ?? '';
  const digest = text(values, 'digest') ?? '';
  const whole = FOREIGN.test(name) ? name : `${host}/${name}`;
  return { key, image: `${whole}:${tag}${digest === '' ? '' : `@${digest}`}` };
}
