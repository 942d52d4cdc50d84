import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { jsonSchemas } from '../schema/json-schemas';

/** Adds `atoll schemas`. */
export function registerSchemas(program: Command): void {
  program
    .command('schemas')
    .description('write the JSON Schemas that editors use')
    .action(() => {
      const folder = join(__dirname, '..', 'schema', 'json');
      mkdirSync(folder, { recursive: true });
      for (const [name, text] of Object.entries(jsonSchemas())) writeFileSync(join(folder, name), text);
    });
}
