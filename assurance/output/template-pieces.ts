import type { TemplateResource } from './cloud-assembly';
import { isValues, jsonIn, type Values } from './values';

/** A template's text in pieces, of which most are the same in many templates but for a name. */
export interface TemplatePieces {
  /** The template without its resources. */
  readonly around: string;
  /** Each resource with its logical id, as a member of an object. */
  readonly members: readonly string[];
}

const START = '\n "Resources": {\n';

/**
 * Cuts a template where the CDK's indentation says that a resource begins. Whether each piece is whole is for whoever parses it to find: by
 * `memberOf`, and by parsing what is around.
 * @returns undefined where the text is not indented so
 */
export function piecesOf(text: string): TemplatePieces | undefined {
  const from = text.indexOf(START) + START.length;
  const to = text.indexOf('\n }', from);
  if (from < START.length || to < 0) return undefined;
  return { around: text.slice(0, from) + text.slice(to), members: text.slice(from, to).split(/,\n(?= {2}")/) };
}

/** A resource by its logical id, or undefined where a piece is anything but one whole resource. */
export function memberOf(piece: string): readonly [string, TemplateResource] | undefined {
  const [only, ...more] = Object.entries(parsed(`{${piece}}`) ?? {});
  const [id = '', resource] = only ?? [];
  if (more.length > 0 || !isValues(resource) || typeof resource['Type'] !== 'string') return undefined;
  return [id, resource as unknown as TemplateResource];
}

/** What is around the resources, or undefined where it is no object with an empty place for them. */
export function aroundOf(text: string): Values | undefined {
  const { Resources, ...sections } = parsed(text) ?? {};
  return isValues(Resources) && Object.keys(Resources).length === 0 ? sections : undefined;
}

function parsed(text: string): Values | undefined {
  const value = jsonIn(text);
  return isValues(value) ? value : undefined;
}
