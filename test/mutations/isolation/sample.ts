import type { Environment } from '../../../schema/model';
import { sampleEnvironment, sampleGrants } from '../../support/sample-environment';

/** The sample, one of whose grants opens both ways. */
export const mutatedEnvironment = (): Environment =>
  sampleEnvironment({
    grants: sampleGrants.map((grant) =>
      grant.id === 'notes-quality' ? { ...grant, ways: ['pods', 'sessions'] } : grant,
    ),
  });
