import { counted } from './counted';
import type { ProofResult } from './finding';
import type { IsolationResult } from './isolation/prove';
import type { OtherProofs } from './others';

/** What all proofs say. */
export interface Results extends OtherProofs {
  readonly isolation: IsolationResult;
}

const of = ({ covered }: ProofResult, what: string): number => covered[what] ?? 0;

/** A line for each proof: what it holds where it has no findings, and otherwise how many those are and what it went through. */
export const proofLines = (results: Results): string[] => {
  const { isolation, delivery, kubernetes, erasure, idle, limits } = results;
  return [
    line('isolation', isolation, () => isolationLine(isolation)),
    line(
      'delivery',
      delivery,
      (holds) =>
        `${counted(of(delivery, 'files of objects'), 'file')} of objects${holds ? ', each delivered once, as it is proven' : ''}`,
    ),
    line('kubernetes', kubernetes, () => kubernetesLine(kubernetes)),
    line(
      'erasure',
      erasure,
      (holds) =>
        `${counted(of(erasure, 'resources'), 'resource')} and ${counted(of(erasure, 'objects'), 'object')}` +
        (holds ? ', each with its tenant and its end or a reason' : ''),
    ),
    line(
      'idle',
      idle,
      (holds) =>
        `${idle.monthlyUsd.toFixed(2)} $ a month with no work, in ${counted(idle.lines.length, 'line')}` +
        (holds ? '; no GPU among them' : ', as far as it is known'),
    ),
    line('limits', limits, (holds) =>
      limits.first === undefined
        ? `no quota breaks${holds ? '' : ' of those that are known'}`
        : `${limits.first.name} breaks first, at tenant ${(limits.first.breaksAt ?? 0).toLocaleString('en')}`,
    ),
  ];
};

function line(name: string, { findings, covered }: ProofResult, said: (holds: boolean) => string): string {
  const start = name.padEnd(12);
  if (findings.length === 0) return start + said(true);
  const count = counted(findings.length, 'finding');
  return Object.keys(covered).length === 0
    ? `${start}${count}: nothing was asked, and nothing is proven`
    : `${start}${count}; asked: ${said(false)}`;
}

function isolationLine(isolation: IsolationResult): string {
  const holds = isolation.findings.length === 0;
  const [ways, questions] = [of(isolation, 'declared ways'), of(isolation, 'questions that must be refused')];
  return (
    `${counted(of(isolation, 'tenants'), 'tenant')} in ${classes(isolation)}, ${counted(of(isolation, 'roles'), 'role')}: ` +
    `${counted(of(isolation, 'pairs of a role and a tenant'), 'pair')} of a role and a tenant, ` +
    `${counted(of(isolation, 'pairs of tenants'), 'pair')} of tenants; ` +
    `${counted(ways, 'declared way')}${holds ? ' open' : ''}, ${counted(questions, 'question')} ${holds ? 'refused' : 'that must be refused'}`
  );
}

function kubernetesLine(kubernetes: ProofResult): string {
  const name = (what: string, one: string): string => counted(of(kubernetes, what), one);
  const policies = counted(of(kubernetes, 'admission policies'), 'policy', 'policies');
  return (
    `${name('tenants', 'tenant')} in ${classes(kubernetes)}, ${of(kubernetes, 'tenants by their own names').toLocaleString('en')} of them by their own names, ` +
    `${name('teams', 'team')}: ${name('pairs of tenants', 'pair')} of tenants as ${of(kubernetes, 'pairs of classes').toLocaleString('en')} of classes; ` +
    `${name('ways', 'way')} tried, ${name('requests judged by admission', 'request')} judged by ${policies}, ${name('rights', 'right')}`
  );
}

const classes = (result: ProofResult): string => counted(of(result, 'classes of tenants'), 'class', 'classes');
