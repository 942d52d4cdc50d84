import type { Report } from './subject';

const TOKEN = '${Token[';

/**
 * Null, undefined, not-a-number and unresolved tokens, anywhere. A null is what a JSON patch leaves of a quantity that it could
 * not type: the API server stores 0 for it, and the pod runs without its GPU. A token is a CDK value that only a template resolves.
 */
export function valueFaults(object: unknown, report: Report): void {
  if (!isClean(object)) explain(object, '', report);
}

/** The cheap pass that nearly every object ends with: no path is built for a clean one. */
function isClean(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return !value.includes(TOKEN);
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
      return true;
    case 'object':
      if (value === null) return false;
      if (Array.isArray(value)) {
        for (const item of value) if (!isClean(item)) return false;
        return true;
      }
      for (const key in value) {
        if (!isClean((value as Record<string, unknown>)[key]) || key.includes(TOKEN)) return false;
      }
      return true;
    default:
      return false;
  }
}

function explain(value: unknown, path: string, report: Report): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      explain(item, `${path}[${index}]`, report);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      const at = path === '' ? key : `${path}.${key}`;
      if (key.includes(TOKEN)) report(`${at}: got a token as a key, allowed a name; make it in schema/names.ts`);
      explain(item, at, report);
    }
  } else if (typeof value === 'string') {
    if (value.includes(TOKEN))
      report(`${path}: got ${value}, allowed a plain string; make the name in schema/names.ts`);
  } else if (!isClean(value)) {
    report(`${path}: got ${String(value)}, allowed a value; leave the key out or give it a value`);
  }
}
