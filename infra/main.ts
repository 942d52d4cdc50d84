/** The CDK app of `cdk.json`: an entry point, which alone picks an environment. Run by the CDK CLI, imported by nothing. */
import { App } from 'aws-cdk-lib';
import { loadNamed, requireEnvironmentName } from '../environments';
import { appContext } from './context';
import { synthesize } from './synth';

try {
  // The app is made for its context alone, which CDK gathers from the CLI's variables.
  const context = new App({ autoSynth: false, analyticsReporting: false }).node.getAllContext() as Record<
    string,
    unknown
  >;
  const { env, tenant } = appContext(context);
  const name = requireEnvironmentName(env, '-c env');
  const outdir = process.env['CDK_OUTDIR'];
  const only = tenant === undefined ? {} : { tenant };
  synthesize(loadNamed(name, only), { ...only, ...(outdir === undefined ? {} : { outdir }) });
} catch (error) {
  const verbose = process.env['ATOLL_VERBOSE'] === '1';
  const text = error instanceof Error ? ((verbose ? error.stack : undefined) ?? error.message) : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
