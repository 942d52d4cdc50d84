import type { Output } from '../../../assurance/output/output';
import {
  addObject,
  at,
  changeObject,
  changeStack,
  type Mutation,
  type Place,
  removeObject,
  type Resources,
  set,
} from './edits';

/** Makers of mutations whose ids begin alike. */
export function faults(prefix: string) {
  const make = (id: string, description: string, apply: (output: Output) => Output, expects: RegExp): Mutation => ({
    id: `${prefix}-${id}`,
    description,
    apply,
    expects,
  });
  return {
    /** Another value at a path of an object; none where it is undefined. */
    changed: (id: string, description: string, place: Place, path: string, value: unknown, expects: RegExp): Mutation =>
      make(
        id,
        description,
        (output) =>
          changeObject(output, place, (object) => {
            set(object, path, value);
          }),
        expects,
      ),
    /** One more member of a list of an object. */
    longer: (id: string, description: string, place: Place, path: string, member: object, expects: RegExp): Mutation =>
      make(
        id,
        description,
        (output) =>
          changeObject(output, place, (object) => {
            set(object, path, [...(at(object, path) as readonly object[]), member]);
          }),
        expects,
      ),
    removed: (id: string, description: string, place: Place, expects: RegExp): Mutation =>
      make(id, description, (output) => removeObject(output, place), expects),
    /** One more object in a file of the production cluster. */
    added: (id: string, description: string, key: string, object: unknown, expects: RegExp): Mutation =>
      make(id, description, (output) => addObject(output, 'production', key, object), expects),
    stack: (
      id: string,
      description: string,
      name: string,
      change: (resources: Resources) => void,
      expects: RegExp,
    ): Mutation => make(id, description, (output) => changeStack(output, name, change), expects),
  };
}
