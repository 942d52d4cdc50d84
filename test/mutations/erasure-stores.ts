import { editResource, editStatement, type Fields, type Mutation, set } from './edits';

const change = (
  id: string,
  description: string,
  type: string,
  edit: (properties: Fields) => void,
  expects: RegExp,
): Mutation => ({
  id,
  description,
  apply: (output) => editResource(output, 'research-data-access', type, edit),
  expects,
});

const BUCKET = 'AWS::S3::Bucket';
const WORKGROUP = 'AWS::Athena::WorkGroup';

/** Faults of where research keeps what it made of granted data, in the sample environment. */
export const STORE_MUTATIONS: readonly Mutation[] = [
  change(
    'team-bucket-without-expiry',
    "a team's bucket keeps results of queries for ever",
    BUCKET,
    (properties) => {
      set(properties, 'LifecycleConfiguration.Rules.0.ExpirationInDays', undefined);
    },
    /unnamed research-data-access\/\w+: lifecycle of results\/: got no expiry/,
  ),
  change(
    'team-bucket-rule-of-one-grant',
    'results end in the folder of one grant only, and those of a grant that is gone stay',
    BUCKET,
    (properties) => {
      set(properties, 'LifecycleConfiguration.Rules.0.Prefix', 'results/speech-eval/');
    },
    /unnamed research-data-access\/\w+: lifecycle of results\/: got no expiry/,
  ),
  change(
    'team-bucket-versions-stay',
    "older versions in a team's bucket never end",
    BUCKET,
    (properties) => {
      set(properties, 'LifecycleConfiguration.Rules.2.NoncurrentVersionExpiration', undefined);
    },
    /unnamed research-data-access\/\w+: lifecycle of datasets\/: got older versions that never end/,
  ),
  change(
    'team-bucket-does-not-allow-the-eraser',
    "a team's bucket leaves the eraser of the other account out",
    'AWS::S3::BucketPolicy',
    ({ PolicyDocument }) => {
      editStatement(PolicyDocument, 'EraserErases', (statement) => {
        statement['Action'] = 's3:DeleteObject';
      });
    },
    /closed research-data-access\/\w+: the bucket policy allows the eraser no s3:DeleteObjectVersion on/,
  ),
  change(
    'team-bucket-refuses-the-eraser',
    "a team's bucket refuses everybody but its grants",
    'AWS::S3::BucketPolicy',
    ({ PolicyDocument }) => {
      editStatement(PolicyDocument, 'NobodyElse', (statement) => {
        statement['Condition'] = {};
      });
    },
    /closed research-data-access\/\w+: the bucket policy: NobodyElse refuses the eraser s3:/,
  ),
  change(
    'results-anywhere',
    'clients of a workgroup choose where results lie',
    WORKGROUP,
    (properties) => {
      set(properties, 'WorkGroupConfiguration.EnforceWorkGroupConfiguration', false);
    },
    /unnamed research-data-access\/\w+: EnforceWorkGroupConfiguration: got none/,
  ),
  change(
    'results-elsewhere',
    "a workgroup's results lie in a bucket that no template makes",
    WORKGROUP,
    (properties) => {
      set(properties, 'WorkGroupConfiguration.ResultConfiguration.OutputLocation', 's3://elsewhere/results/');
    },
    /not-understood research-data-access\/\w+: OutputLocation: got "s3:\/\/elsewhere\/results\/"/,
  ),
];
