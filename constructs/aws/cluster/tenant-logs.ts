import type { Environment } from '../../../schema/model';
import { tenantNames } from '../../../schema/names';

/**
 * What Fluent Bit of the CloudWatch add-on ships: the output of tenants' pods, each into the log group of its tenant, whose key and retention
 * are the tenant's. The tenant is read from the name that the kubelet gives the file (`<pod>_<namespace>_<container>-<id>.log`): a pod
 * chooses neither its namespace nor that name, and no call to the API server stands between. A group that does not exist is not made, so
 * output of an unknown tenant is dropped with an error in Fluent Bit's own log, and never lands elsewhere.
 * @see https://docs.fluentbit.io/manual/4.0/data-pipeline/outputs/cloudwatch (2026-11-25)
 * @see https://github.com/aws-observability/helm-charts/blob/main/charts/amazon-cloudwatch-observability/values.yaml (2026-08-07; read
 * 2026-11-25), whose three files these take the place of. Ran under Fluent Bit 5.1.1 against moto 5.2.5 on 2026-11-25: two tenants' lines in two
 * groups, none of a platform's pod, and an error for a tenant without a group.
 */
export function tenantLogFiles(env: Environment): TenantLogFiles {
  const group = tenantNames.logGroup(env, TENANT);
  return {
    customParsers: section('PARSER', {
      Name: 'tenant_file',
      Format: 'regex',
      Regex: `^/var/log/containers/(?<pod>[^_]+)_${tenantNames.namespace('(?<tenant>[^_]+)')}_(?<container>.+)-[0-9a-f]+[.]log$`,
    }),
    extraFiles: {
      'application-log.conf': [
        section('INPUT', {
          Name: 'tail',
          Tag: 'tenant.*',
          Path: `/var/log/containers/*_${tenantNames.namespace('*')}_*.log`,
          Path_Key: 'file',
          'multiline.parser': 'docker, cri',
          DB: '/var/fluent-bit/state/flb_tenant.db',
          Mem_Buf_Limit: '50MB',
          'storage.type': 'filesystem',
          Skip_Long_Lines: 'On',
          Refresh_Interval: 5,
          Rotate_Wait: 30,
          // A node comes up for the tenant's job, which may have begun to speak before Fluent Bit does.
          Read_from_Head: 'On',
        }),
        section('FILTER', {
          Name: 'parser',
          Match: 'tenant.*',
          Key_Name: 'file',
          Parser: 'tenant_file',
          Reserve_Data: 'On',
        }),
        section('OUTPUT', {
          Name: 'cloudwatch_logs',
          Match: 'tenant.*',
          region: env.region,
          // Taken when the template fails, that is when the file's name has no tenant: there is no such group, nor a right to make it.
          log_group_name: tenantNames.logGroup(env, 'unknown_tenant'),
          log_group_template: group,
          log_stream_prefix: 'unknown-',
          log_stream_template: '$pod.$container',
          log_key: 'log',
          auto_create_group: 'false',
          // One retry, the default, loses a minute's output to a hiccup of the endpoint.
          Retry_Limit: 5,
        }),
      ].join('\n'),
      // The add-on's own two ship what the node says: kubelet, kernel, container runtime.
      'dataplane-log.conf': NOTHING,
      'host-log.conf': NOTHING,
    },
  };
}

/** Fluent Bit's name for the field that the parser found. */
const TENANT = '$tenant';
const NOTHING = '# Not shipped.\n';

export interface TenantLogFiles {
  readonly customParsers: string;
  /** By file name; each is included in Fluent Bit's configuration. */
  readonly extraFiles: Readonly<Record<string, string>>;
}

/** A section of Fluent Bit's classic configuration format. */
function section(name: string, keys: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries(keys).map(([key, value]) => `  ${key} ${value}`);
  return [`[${name}]`, ...lines, ''].join('\n');
}
