/** The CDK app of `cdk.json`: an entry point, which alone picks an environment. Run by the CDK CLI, imported by nothing. */
import { App } from 'aws-cdk-lib';
import { loadNamed, requireEnvironmentName } from '../environments';
import { synthesize } from './synth';

function contextOf(key: string): string | undefined {
  return new App({ autoSynth: false, analyticsReporting: false }).node.tryGetContext(key) as string | undefined;
}

try {
  const name = requireEnvironmentName(contextOf('env'), '-c env');
  const tenant = contextOf('tenant');
  const outdir = process.env['CDK_OUTDIR'];
  const only = tenant === undefined ? {} : { tenant };
  synthesize(loadNamed(name, only), { ...only, ...(outdir === undefined ? {} : { outdir }) });
} catch (error) {
  const verbose = process.env['ATOLL_VERBOSE'] === '1';
  const text = error instanceof Error ? ((verbose ? error.stack : undefined) ?? error.message) : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
