import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How the stubs answer. */
export interface StubAnswers {
  /** References that the registries hold already. @default none */
  readonly there?: readonly string[];
  /** A command with its arguments that fails, from its beginning. @default none */
  readonly failing?: string;
  /** Folders that exist where the script is run. @default none */
  readonly folders?: readonly string[];
  /** Files that exist there, by their paths. @default none */
  readonly files?: Readonly<Record<string, string>>;
  /** Variables of who runs it. @default none */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface StubRun {
  readonly status: number | null;
  /** All that was written, to both streams. */
  readonly output: string;
  /** Commands in their order: `<access key id>: <command> <arguments>`. */
  readonly calls: readonly string[];
  /** Folders into which somebody signed in and that are still there. */
  readonly leftover: readonly string[];
}

/** What every stub does: writes down who calls with what, and fails where it is told to. */
const COMMON = `#!/bin/bash
name=\${0##*/}
all="$*"
echo "$AWS_ACCESS_KEY_ID: $name $*" >>"$STUB_CALLS"
echo "\${DOCKER_CONFIG-}" >>"$STUB_FOLDERS"
case " $* " in *" --password-stdin "*) read -r password; [ "$password" = "password-of-$AWS_ACCESS_KEY_ID" ] || exit 9 ;; esac
if [ -n "$STUB_FAILING" ]; then case "$name $*" in "$STUB_FAILING"*) exit 1 ;; esac; fi
`;

const STUBS: Readonly<Record<string, string>> = {
  aws: `case "$*" in
  sts*) role=\${all#*role/}; printf 'key-of-%s\\tsecret-of-it\\ttoken-of-it\\n' "\${role%% *}" ;;
  ecr*) echo "password-of-$AWS_ACCESS_KEY_ID" ;;
esac`,
  crane: `if [ "$1" = digest ]; then grep --quiet --line-regexp --fixed-strings "$2" "$STUB_THERE"; fi`,
  helm: `if [ "$1" = pull ]; then echo archive >"\${all##*--destination }/$2-$6.tgz"; fi`,
  docker: '',
};

/** Runs a script of bash with stubs of aws, crane, helm and docker, and nothing else but the system's own commands. */
export function runWithStubs(scratch: string, script: string, answers: StubAnswers = {}): StubRun {
  const folder = mkdtempSync(join(scratch, 'mirror-'));
  const file = (name: string): string => join(folder, name);
  const bin = file('bin');
  const here = file('here');
  for (const path of [bin, here, ...(answers.folders ?? []).map((name) => join(here, name))])
    mkdirSync(path, { recursive: true });
  for (const [path, text] of Object.entries(answers.files ?? {})) {
    mkdirSync(dirname(join(here, path)), { recursive: true });
    writeFileSync(join(here, path), text);
  }
  for (const [name, body] of Object.entries(STUBS)) writeFileSync(join(bin, name), COMMON + body, { mode: 0o755 });
  writeFileSync(file('script.sh'), script);
  writeFileSync(file('there'), (answers.there ?? []).map((reference) => `${reference}\n`).join(''));
  writeFileSync(file('calls'), '');
  writeFileSync(file('folders'), '');
  const { status, stdout, stderr } = spawnSync('bash', [file('script.sh')], {
    cwd: here,
    encoding: 'utf8',
    env: {
      PATH: `${bin}:/usr/bin:/bin`,
      TMPDIR: folder,
      ...answers.variables,
      AWS_ACCESS_KEY_ID: 'caller',
      STUB_CALLS: file('calls'),
      STUB_FAILING: answers.failing ?? '',
      STUB_FOLDERS: file('folders'),
      STUB_THERE: file('there'),
    },
  });
  const lines = (name: string): string[] =>
    readFileSync(file(name), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  return {
    status,
    output: stdout + stderr,
    calls: lines('calls'),
    leftover: [...new Set(lines('folders'))].filter((path) => existsSync(path)),
  };
}
