import { describe, expect, test } from '@jest/globals';
import { mkdirSync, symlinkSync } from 'node:fs';
import { atoll, failure } from '../support/command-line';
import { ProjectCopy } from '../support/project-copy';
import { everything } from '../support/tree';

const copy = new ProjectCopy();
const project = copy.root;
const LONG = 'x'.repeat(300);
const FOLDER = 'allowed a folder or where one can be made; choose another';
const PARTS =
  'allowed a folder with nothing but the folders cdk, k8s, prerequisites, one-tenant; choose another or empty it';
const ELSEWHERE = "which lies in 'environments', which a synth reads, allowed a folder elsewhere; choose another";

mkdirSync(copy.path('kept/k8s/one'), { recursive: true });
copy.write('kept/k8s/notes.txt', 'not of a synth');
symlinkSync('nowhere', copy.path('dangling'));
symlinkSync('environments', copy.path('link'));

describe('a folder for the output that cannot be one', () => {
  test.each([
    ['', 'allowed a folder; name one, such as dist'],
    ['package.json', `which is no folder, ${FOLDER}`],
    ['package.json/out', `which is below '${copy.path('package.json')}', no folder, ${FOLDER}`],
    ['dangling', `which is a link that leads nowhere, ${FOLDER}`],
    ['schema', `which holds 'add-on-registry.ts', ${PARTS}`],
    ['kept', `which holds 'k8s/notes.txt', ${PARTS}`],
    ['environments', ELSEWHERE],
    ['environments/one/out', ELSEWHERE],
    ['link/new', ELSEWHERE],
    [LONG, 'which cannot be written (ENAMETOOLONG), allowed a folder that can be and has room; choose another'],
  ])('-o %.40s: one message, nothing written', (folder, says) => {
    const before = everything(project);
    expect(atoll(['synth', '-e', 'one', '-o', folder], { project })).toEqual(
      failure(`--output: got '${folder}', ${says}`),
    );
    expect(everything(project)).toEqual(before);
  });
});
