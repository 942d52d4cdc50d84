/** Child process of the benchmark: reads an environment's files from a folder, checks them, and synthesizes everything. */
import { loadNamed } from '../environments';
import { synthesize } from '../infra/synth';
import { measure } from './measure';

const [folder = '', outdir = '', count = '0', tenant] = process.argv.slice(2);
const only = tenant === undefined ? {} : { tenant };

measure(Number(count), () => synthesize(loadNamed('prod-us', { folder, ...only }), { outdir, ...only }).stacks.length);
