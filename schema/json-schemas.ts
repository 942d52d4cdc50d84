import { z } from 'zod';
import { environmentSchema } from './environment';
import { grantSchema } from './grant';
import { recipeSchema } from './recipe';
import { tenantSchema } from './tenant';
import { researchTrainingSchema } from './training/research-training';
import { tenantTrainingSchema } from './training/tenant-training';

/**
 * The JSON Schemas (draft 2020-12) by which editors complete and check the files of an environment, recipes and trainings, while they are written. They say
 * what one file can break by itself; the rules between files are `loadEnvironment`'s.
 * @returns the text of each file of `schema/json/` by its name
 */
export function jsonSchemas(): Record<string, string> {
  return {
    'environment.schema.json': text('an environment: index.ts', environmentSchema),
    'grant.schema.json': text('a grant: grants/<id>.yaml', grantSchema),
    'recipe.schema.json': text('a recipe of a dataset', recipeSchema),
    'research-training.schema.json': text('a training in research, for atoll train', researchTrainingSchema),
    'tenant.schema.json': text('a tenant: tenants/<id>.yaml', tenantSchema),
    'training.schema.json': text("a training of a tenant's model: trainings/<id>.yaml", tenantTrainingSchema),
  };
}

function text(title: string, schema: z.ZodType): string {
  return `${JSON.stringify({ title: `Atoll, ${title}`, ...z.toJSONSchema(schema, { io: 'input' }) }, null, 2)}\n`;
}
