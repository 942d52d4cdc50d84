/** Child process of the benchmark: reads an environment's files from a folder, checks them, and synthesizes everything. */
import { synthesize } from '../infra/synth';
import { loadEnvironment } from '../schema/load';
import { bigInput } from '../test/support/big-environment';
import { measure } from './measure';

const [folder = '', outdir = '', count = '0', tenant] = process.argv.slice(2);
const only = tenant === undefined ? {} : { tenant };

measure(Number(count), () => synthesize(loadEnvironment(bigInput, folder, only), { outdir, ...only }).stacks.length);
