import { releaseRecordText } from '../../schema/releases';
import type { BadEnvironment } from './bad-environment';
import { tenant } from './bad-environment';

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
const FILE = 'releases.lock.json';
const RECORD = releaseRecordText({
  common: { recognizer: digest('a') },
  tenants: { acme: { 'call-outcome': digest('b') } },
});

export const releaseCases: readonly BadEnvironment[] = [
  {
    name: 'releases of model types that are not there, or of another scope',
    files: {
      [FILE]: releaseRecordText({
        common: { 'call-outcome': digest('c'), rekognizer: digest('a') },
        tenants: { acme: { 'call-outcom': digest('b'), recognizer: digest('d') } },
      }),
    },
    expected: [
      "environments/test/releases.lock.json:3: common.call-outcome: got a release, allowed common model types, 'recognizer'; take it out",
      "environments/test/releases.lock.json:4: common.rekognizer: got a release, allowed common model types, 'recognizer'; did you mean 'recognizer'",
      "environments/test/releases.lock.json:8: tenants.acme.call-outcom: got a release, allowed its types, 'call-outcome'; did you mean 'call-outcome'",
      "environments/test/releases.lock.json:9: tenants.acme.recognizer: got a release, allowed its types, 'call-outcome'; take it out",
    ],
  },
  {
    name: 'releases of nobody, of who is being erased, and of who has no models',
    files: {
      [FILE]: releaseRecordText({
        common: {},
        tenants: {
          'gone-tenant': { 'call-outcome': digest('b') },
          leaving: { 'call-outcome': digest('c') },
          plain: { 'call-outcome': digest('d') },
        },
      }),
      'tenants/leaving.yaml': tenant('leaving', 'erasing'),
      'tenants/plain.yaml': tenant('plain'),
    },
    expected: [
      "environments/test/releases.lock.json:4: tenants.gone-tenant: got releases of nobody, allowed tenants that are 'active' or 'suspended'; take them out",
      "environments/test/releases.lock.json:7: tenants.leaving: got releases of a tenant that is 'erasing', allowed tenants that are 'active' or 'suspended'; take them out",
      'environments/test/releases.lock.json:11: tenants.plain.call-outcome: got a release, allowed none: it has no models; take it out',
    ],
  },
  {
    name: 'one content for two models',
    files: { [FILE]: RECORD.replace(digest('b'), digest('a')) },
    expected: [
      "environments/test/releases.lock.json:7: tenants.acme.call-outcome: got 'sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…', allowed contents of one model, and this is that of common.recognizer; release the model anew from its own lineage",
    ],
  },
  {
    name: 'a release without a digest',
    files: { [FILE]: RECORD.replace(digest('b'), 'sha256:latest') },
    expected: [
      "environments/test/releases.lock.json:7: tenants.acme.call-outcome: got 'sha256:latest', allowed sha256: and 64 hexadecimal digits; restore the file as it was committed last",
    ],
  },
  {
    name: 'releases that somebody wrote by hand',
    files: { [FILE]: RECORD.replace('  "common"', ' "common"') },
    expected: [
      'environments/test/releases.lock.json:1: file: got another text than that of its entries, allowed each key once, sorted, as the command writes it; restore the file as it was committed last',
    ],
  },
];
