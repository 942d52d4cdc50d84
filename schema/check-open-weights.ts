import { eachOnce } from './each-once';
import { alternatives, meant, show, type Path, type Report } from './faults';
import type { CommonModelType } from './model-type';
import { OPEN_MODELS } from './open-models';
import type { Sparse } from './sparse';

type Common = Sparse<CommonModelType>;
type At = (...rest: Path) => Path;

/** The rules between a common model and the open weights that it begins with. */
export function checkOpenWeights(model: Common, at: At, report: Report): void {
  eachOnce(model.weights, at('weights'), report);
  model.weights?.forEach((id, i) => {
    if (id === undefined) return;
    const open = OPEN_MODELS[id];
    const fitting = Object.keys(OPEN_MODELS).filter(
      (each) => OPEN_MODELS[each]?.engine === (model.engine ?? open?.engine),
    );
    if (open === undefined || (model.engine !== undefined && open.engine !== model.engine))
      report(
        at('weights', i),
        open === undefined ? show(id) : `${show(id)}, which are there for ${open.engine}`,
        `allowed weights of schema/open-models.ts, ${alternatives(fitting)}`,
        open === undefined ? meant(id, fitting, 'name one of them, or add them to the list') : 'name others',
      );
  });
  checkLicences(model, at, report);
  checkRoomForAdapters(model, at, report);
}

/** Neither one that nobody accepted, nor one of weights that it no longer has. */
function checkLicences({ weights, licences }: Common, at: At, report: Report): void {
  if (licences === undefined || licences.includes(undefined)) return;
  const open = weights?.map((id) => (id === undefined ? undefined : OPEN_MODELS[id]));
  if (open === undefined || open.includes(undefined)) return;
  const theirs = [...new Set(open.flatMap((each) => each?.licence ?? []))].sort();
  for (const licence of theirs)
    if (!licences.includes(licence))
      report(
        at('licences'),
        `a list without '${licence}'`,
        'allowed with it, a licence of its weights',
        'read it and add it',
      );
  licences.forEach((licence, i) => {
    if (licence !== undefined && !theirs.includes(licence))
      report(at('licences', i), show(licence), `allowed those of its weights, ${alternatives(theirs)}`, 'take it out');
  });
}

/** The memory of a slot follows from the layers of the one model that takes adapters. */
function checkRoomForAdapters(model: Common, at: At, report: Report): void {
  if (model.engine !== 'vllm' || model.adapters === undefined || model.weights === undefined) return;
  const [id, ...more] = model.weights;
  const open = id === undefined ? undefined : OPEN_MODELS[id];
  if (more.length > 0)
    report(
      at('weights'),
      `a list of ${model.weights.length}`,
      'at most 1 in the list where there are adapters',
      'name the one that takes them',
    );
  else if (open?.engine === 'vllm' && open.adapterWeightsPerRank === undefined)
    report(
      at('adapters'),
      `adapters of ${show(id)}`,
      'allowed where schema/open-models.ts says how large an adapter is',
      'add adapterWeightsPerRank there or take them out',
    );
}
