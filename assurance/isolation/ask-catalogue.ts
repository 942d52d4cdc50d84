import { teamStoreNames } from '../../schema/access-names';
import type { Grant } from '../../schema/grant';
import type { Resource } from '../iam/world';
import { at, isValues, shown } from '../output/values';
import { askKnown, askPaths, noteSetting } from './ask-properties';
import type { Asking } from './spot';

const BYTES_A_GIB = 1_073_741_824;

/**
 * What a workgroup's configuration has, and no more: a role of its own, results that Athena keeps by itself, or logs of queries would be ways that
 * the policies do not show.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-athena-workgroup-workgroupconfiguration.html (2026-11-25)
 */
const CONFIGURATION = [
  'BytesScannedCutoffPerQuery',
  'EnforceWorkGroupConfiguration',
  'EngineVersion',
  'PublishCloudWatchMetricsEnabled',
  'RequesterPaysEnabled',
  'ResultConfiguration',
];
const RESULTS = ['EncryptionConfiguration', 'ExpectedBucketOwner', 'OutputLocation'];

/** A workgroup puts results where they are locked, whatever the asker says, and no query reads more than the team's limit. */
export function askWorkGroup(asking: Asking, resource: Resource, grant: Grant): void {
  const { env } = asking;
  const configuration = at(asking.template(resource.where)?.Properties, 'WorkGroupConfiguration');
  const team = env.researchTeams.find(({ id }) => id === grant.team);
  const wanted: Readonly<Record<string, unknown>> = {
    EnforceWorkGroupConfiguration: true,
    RequesterPaysEnabled: false,
    BytesScannedCutoffPerQuery: (team?.queryLimitGiB ?? 0) * BYTES_A_GIB,
    'ResultConfiguration.OutputLocation': `s3://${teamStoreNames.bucket(env, grant.team)}/${teamStoreNames.resultsPrefix(grant.id)}`,
    'ResultConfiguration.ExpectedBucketOwner': env.accounts.research,
    'ResultConfiguration.EncryptionConfiguration.EncryptionOption': 'SSE_KMS',
  };
  askPaths(asking, resource, configuration, wanted);
  askKnown(asking, resource, configuration, CONFIGURATION);
  askKnown(asking, resource, at(configuration, 'ResultConfiguration'), RESULTS);
}

/** A table describes what lies in the bucket that it is named after, and nothing else. */
export function askTable(asking: Asking, resource: Resource, location: string): void {
  const input = at(asking.template(resource.where)?.Properties, 'TableInput');
  askPaths(asking, resource, input, { 'StorageDescriptor.Location': location });
  const parameters = at(input, 'Parameters');
  const template = isValues(parameters) ? parameters['storage.location.template'] : undefined;
  if (template !== undefined && !(typeof template === 'string' && template.startsWith(location)))
    noteSetting(asking, resource, `storage.location.template: got ${shown(template)}, allowed one below ${location}`);
}
