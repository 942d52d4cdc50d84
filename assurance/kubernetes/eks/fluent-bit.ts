import type { Environment } from '../../../schema/model';
import { tenantNames } from '../../../schema/names';
import { type Allowed, free, like, type Rule, rule, faultsOf } from '../allowed';

type Section = readonly [name: string, keys: Readonly<Record<string, string>>];

/** Sections of Fluent Bit's classic format, or undefined where a line is none: `@INCLUDE`, `@SET`. */
function sectionsOf(text: unknown): readonly Section[] | undefined {
  if (typeof text !== 'string') return undefined;
  const sections: [string, Record<string, string>][] = [];
  for (const line of text.split('\n')) {
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    const name = /^\[(\w+)\]$/.exec(line)?.[1];
    const [, key, value] = /^\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    const last = sections.at(-1)?.[1];
    if (name !== undefined) sections.push([name, {}]);
    else if (key === undefined || value === undefined || last === undefined || Object.hasOwn(last, key))
      return undefined;
    else last[key] = value;
  }
  return sections;
}

const SPEED = free('how much at once and how often; it decides neither what is read nor where it goes');

/** A file whose sections are the allowed ones, in their order. */
const sections = (allowed: readonly (readonly [string, Allowed])[]): Rule =>
  rule(`the sections ${allowed.map(([name]) => name).join(', ') || 'none'} as the platform has them`, (text) => {
    const found = sectionsOf(text);
    return (
      found?.length === allowed.length &&
      found.every(([name, keys], i) => {
        const [expected, fields] = allowed[i] ?? ['', {}];
        return name === expected && faultsOf(keys, fields).length === 0;
      })
    );
  });

/**
 * What Fluent Bit ships: output of tenants' pods, each into the group of the tenant that its file's name says, and nothing else of a node. A second
 * output, or one without the template, would put what tenants say in one place.
 * @see https://docs.fluentbit.io/manual/4.0/data-pipeline/outputs/cloudwatch (2026-11-25)
 */
export function shippedLogs(environment: Environment): Allowed {
  return {
    customParsers: sections([
      [
        'PARSER',
        {
          Name: 'tenant_file',
          Format: 'regex',
          Regex: like(
            'the tenant by the namespace in the name that the kubelet gives',
            /^\^\/var\/log\/containers\/\(\?<pod>\[\^_\]\+\)_tenant-\(\?<tenant>\[\^_\]\+\)_\(\?<container>\.\+\)-\[0-9a-f\]\+\[\.\]log\$$/,
          ),
        },
      ],
    ]),
    extraFiles: {
      'application-log.conf': sections([
        [
          'INPUT',
          {
            Name: 'tail',
            Tag: 'tenant.*',
            Path: `/var/log/containers/*_${tenantNames.namespace('*')}_*.log`,
            Path_Key: 'file',
            'multiline.parser': SPEED,
            DB: like('a file of its own state', /^\/var\/fluent-bit\/state\/[\w.]+$/),
            Mem_Buf_Limit: SPEED,
            'storage.type': SPEED,
            Skip_Long_Lines: SPEED,
            Refresh_Interval: SPEED,
            Rotate_Wait: SPEED,
            Read_from_Head: SPEED,
          },
        ],
        ['FILTER', { Name: 'parser', Match: 'tenant.*', Key_Name: 'file', Parser: 'tenant_file', Reserve_Data: SPEED }],
        [
          'OUTPUT',
          {
            Name: 'cloudwatch_logs',
            Match: 'tenant.*',
            region: environment.region,
            log_group_name: tenantNames.logGroup(environment, 'unknown_tenant'),
            log_group_template: tenantNames.logGroup(environment, '$tenant'),
            log_stream_prefix: free('a name within the group'),
            log_stream_template: free('a name within the group'),
            log_key: 'log',
            auto_create_group: 'false',
            Retry_Limit: SPEED,
          },
        ],
      ]),
      'dataplane-log.conf': sections([]),
      'host-log.conf': sections([]),
    },
  };
}
