import type { Scan } from './scan';
import { fault, type TemplateContext } from './template';

/** One cycle of needs as a path that ends where it begins, from its smallest id; undefined where there is none. */
export function findCycle(needs: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const done = new Set<string>();
  for (const start of needs.keys()) {
    if (done.has(start)) continue;
    const path: string[] = [];
    const onPath = new Set<string>();
    // A stack of its own: a chain of 400 resources must not depend on the depth that the engine allows.
    const open: { id: string; rest: Iterator<string> }[] = [];
    const enter = (id: string): void => {
      path.push(id);
      onPath.add(id);
      open.push({ id, rest: (needs.get(id) ?? new Set<string>()).values() });
    };
    enter(start);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.rest.next();
      if (next.done === true) {
        done.add(top.id);
        onPath.delete(top.id);
        path.pop();
        open.pop();
      } else if (onPath.has(next.value)) {
        const cycle = path.slice(path.indexOf(next.value));
        const first = cycle.indexOf([...cycle].sort()[0] ?? '');
        const turned = [...cycle.slice(first), ...cycle.slice(0, first)];
        return [...turned, ...turned.slice(0, 1)];
      } else if (!done.has(next.value)) enter(next.value);
    }
  }
  return undefined;
}

/** Resources that need each other, what does not exist, and exports of other stacks: CloudFormation refuses or entangles them. */
export function referenceFaults(scan: Scan, context: TemplateContext): string[] {
  const faults = scan.dangling.map(({ place, text }) =>
    fault(context.stackName, place, `a reference to '${text}'`, 'a resource or parameter of this template', 'name it'),
  );
  for (const { place, text } of scan.imports) {
    const remedy = 'meet the other stack by a name of schema/names.ts or by {{resolve:ssm:…}}';
    faults.push(fault(context.stackName, place, `Fn::ImportValue of ${text}`, 'no export of another stack', remedy));
  }
  const cycle = findCycle(scan.needs);
  if (cycle !== undefined) {
    const [first = ''] = cycle;
    const remedy = 'break it by a name in place of a reference';
    faults.push(fault(context.stackName, `${first}: DependsOn`, `the cycle ${cycle.join(' -> ')}`, 'no cycle', remedy));
  }
  return faults;
}
