import { App, type AppProps } from 'aws-cdk-lib';
import { temporaryFolder } from './temporary';

/**
 * A CDK app whose assembly is gone when the test file ends: one without a folder of its own makes one that stays, and copies of the
 * handlers' layers, 57 MB, with it. CDK's own validation is for the whole app's tests.
 */
export function testApp(props: Omit<AppProps, 'outdir'> = {}): App {
  return new App({ builtinCloudFormationValidation: false, ...props, outdir: temporaryFolder() });
}
