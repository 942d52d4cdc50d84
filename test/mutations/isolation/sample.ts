import type { Environment } from '../../../schema/model';
import { environmentWithSources, grantsWithSources } from '../../support/sample-sources';

/** The sample with a source of either kind, one grant that opens both ways, and another of the same team, which reads the same tenant. */
export const mutatedEnvironment = (): Environment =>
  environmentWithSources({
    grants: [
      ...grantsWithSources,
      {
        id: 'topics-eval',
        team: 'language',
        people: ['ida@example.com'],
        tenants: ['acme'],
        classes: ['text'],
        purpose: 'model-evaluation',
        justification: 'Measure how often the topics of a note are right.',
        approver: 'lead@example.com',
        ticket: 'DATA-125',
        issued: '2026-11-01',
        expires: '2027-01-20',
      },
    ],
  });
