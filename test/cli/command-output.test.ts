import { describe, expect, test } from '@jest/globals';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { atoll, failure } from '../support/command-line';
import { ProjectCopy } from '../support/project-copy';
import { everything } from '../support/tree';

const copy = new ProjectCopy();
const project = copy.root;
const FOLDER = 'allowed a folder or where one can be made; choose another';
const PARTS =
  'allowed a folder with nothing but the folders cdk, k8s, prerequisites, audit, one-tenant, proof, cost; choose another or empty it';
const WRITABLE = 'allowed a folder that can be and has room; choose another';
const ELSEWHERE = "which lies in 'environments', which a synth reads, allowed a folder elsewhere; choose another";

/** Everything is writable to the superuser, as whom containers run. */
const LOCKED = process.getuid?.() === 0 ? [] : ['locked', 'locked/out'];

mkdirSync(copy.path('kept/k8s/one'), { recursive: true });
copy.write('kept/k8s/notes.txt', 'not of a synth');
copy.write('notes/notes.txt', 'not of a synth either');
symlinkSync('nowhere', copy.path('dangling'));
symlinkSync('environments', copy.path('link'));
mkdirSync(copy.path('locked'));
chmodSync(copy.path('locked'), 0o555);

describe('a folder for the output that cannot be one is one message, and nothing is written', () => {
  function refused(folder: string, says: string): void {
    const before = everything(project);
    expect(atoll(['synth', '-e', 'one', '-o', folder], { project })).toEqual(
      failure(`--output: got '${folder}', ${says}`),
    );
    expect(everything(project)).toEqual(before);
  }

  test.each([
    ['', 'allowed a folder; name one, such as dist'],
    ['package.json', `which is no folder, ${FOLDER}`],
    ['package.json/out', `which is below '${copy.path('package.json')}', no folder, ${FOLDER}`],
    ['dangling', `which is a link that leads nowhere, ${FOLDER}`],
    ['notes', `which holds 'notes.txt', ${PARTS}`],
    ['kept', `which holds 'k8s/notes.txt', ${PARTS}`],
    ['environments', ELSEWHERE],
    ['environments/one/out', ELSEWHERE],
    ['link/new', ELSEWHERE],
    ...LOCKED.map((folder) => [folder, `which cannot be written (EACCES), ${WRITABLE}`] as const),
  ])("-o '%s'", (folder, says) => {
    refused(folder, says);
  });

  test('-o with a longer name than a file system takes', () => {
    refused('x'.repeat(300), `which cannot be written (ENAMETOOLONG), ${WRITABLE}`);
  });
});
