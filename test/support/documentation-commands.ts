import type { Command } from 'commander';
import { codeOf } from './documentation-paths';

/** Single commands: of a chain, each. */
function commandsOf(text: string): string[] {
  return codeOf(text).flatMap((code) => code.split(/\s*(?:&&|\|)\s*/));
}

/** npm's own commands and scripts that are called and that npm or `package.json` does not have. */
export function unknownScripts(text: string, scripts: Readonly<Record<string, string>>): string[] {
  return commandsOf(text).filter((command) => {
    const [, run, name] = /^(?:\w+=\S+ )*npm (run )?([\w:-]+)/.exec(command) ?? [];
    if (name === undefined) return false;
    return !(name in scripts && (run !== undefined || name === 'test')) && !(run === undefined && name === 'ci');
  });
}

/** Calls of `atoll` with a command or an option that it does not have. */
export function unknownAtoll(text: string, program: Command): string[] {
  return commandsOf(text).filter((command) => {
    const [, line] = /^(?:npx )?atoll (.+)$/.exec(command) ?? [];
    return line !== undefined && !isKnown(line.split(/\s+/), program, new Set(['-h', '--help']));
  });
}

/** @param outer options of the commands around it, which a command takes too */
function isKnown(words: readonly string[], command: Command, outer: ReadonlySet<string | undefined>): boolean {
  const options = new Set([...outer, ...command.options.flatMap(({ short, long }) => [short, long])]);
  let left = command.registeredArguments.length;
  for (const [index, word] of words.entries()) {
    const before = index > 0 ? words[index - 1] : '';
    const isValue = command.options.some(({ short, long, required }) => required && [short, long].includes(before));
    if (isValue || options.has(word)) continue;
    if (left > 0) {
      left -= 1;
      continue;
    }
    const next = command.commands.find((each) => each.name() === word);
    return next !== undefined && isKnown(words.slice(index + 1), next, options);
  }
  return command.commands.length === 0 || words.includes('--help');
}

/**
 * Calls of `npx cdk` that name no environment, a key that the app does not know, or a stack that no environment has. Which environment
 * is an example: whoever renames theirs need not rewrite the documents.
 */
export function wrongCdk(text: string, stacks: readonly string[]): string[] {
  return commandsOf(text).filter((command) => {
    if (!/^(?:\w+=\S+ )*npx cdk /.test(command)) return false;
    const context = [...command.matchAll(/-c (\S+?)=(\S+)/g)].map(([, key = '', value = '']) => ({ key, value }));
    const env = context.find(({ key }) => key === 'env')?.value;
    const foreign = context.some(({ key }) => key !== 'env' && key !== 'tenant');
    const selected = [...command.matchAll(/'([^'/]+)\/([^']+)'/g)];
    const wrong = selected.some(([, stage, stack = '']) => {
      const pattern = new RegExp(`^${stack.replace(/<[\w-]+>/g, '.+').replace(/\*/g, '.*')}$`);
      return stage !== env || !stacks.some((each) => pattern.test(each));
    });
    return env === undefined || foreign || wrong;
  });
}
