import { clusterNames, stackNames } from '../../../schema/names';
import type { Environment } from '../../../schema/model';
import type { ClusterName } from '../../../schema/vocabulary';
import type { Template, TemplateResource } from '../../output/cloud-assembly';
import type { Output } from '../../output/output';
import { at, isValues, type Values } from '../../output/values';
import { type Rule, rule } from '../allowed';
import { NotUnderstood } from '../not-understood';

/** One resource with its logical id. */
export interface Placed {
  readonly id: string;
  readonly properties: Values;
}

/** The template of a stack of a cluster, with rules for what refers to its own resources. */
export class ClusterStack {
  private constructor(
    readonly id: string,
    readonly template: Template,
    private readonly output: Output,
  ) {}

  /** @param room such as `cluster` or `network` @throws NotUnderstood where there is no such stack */
  static of(output: Output, cluster: ClusterName, room: string): ClusterStack {
    const id = stackNames.platform(cluster, room);
    const template = output.stacks.find((stack) => stack.id === id)?.template();
    if (template === undefined) throw new NotUnderstood(id, 'got no such stack, allowed one; run the synth again');
    return new ClusterStack(id, template, output);
  }

  all(type: string): readonly Placed[] {
    return Object.entries(this.template.Resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, { Properties = {} }]) => ({ id, properties: Properties }));
  }

  subject(id: string): string {
    return `${this.id}: ${id}`;
  }

  /** A reference to a resource of this stack: `Ref` without an attribute, `Fn::GetAtt` with one. */
  own(what: string, type: string, attribute?: string, fits: (properties: Values) => boolean = () => true): Rule {
    return rule(`${what} of this stack`, (value) => {
      const found = this.referred(value, attribute);
      return found?.Type === type && fits(found.Properties ?? {});
    });
  }

  private referred(value: unknown, attribute: string | undefined): TemplateResource | undefined {
    if (!isValues(value) || Object.keys(value).length !== 1) return undefined;
    const [id, of] = attribute === undefined ? [value['Ref']] : listed(value['Fn::GetAtt']);
    return typeof id === 'string' && of === attribute ? this.template.Resources[id] : undefined;
  }

  /** The cluster of this stack, which is the only one of its name. */
  cluster(environment: Environment, cluster: ClusterName): Rule {
    const name = clusterNames.cluster(environment, cluster);
    const own = this.own('the cluster', 'AWS::EKS::Cluster', undefined, ({ Name }) => Name === name);
    return rule(`the cluster ${name}`, (value) => value === name || own.fits(value));
  }

  /** The ARN of a role of this stack by its name. */
  role(name: string): Rule {
    return this.own(`the role ${name}`, 'AWS::IAM::Role', 'Arn', ({ RoleName }) => RoleName === name);
  }

  /** The ARN of the key of this stack that has the alias. */
  key(alias: string): Rule {
    return rule(`the key ${alias} of this stack`, (value) => {
      const [id, attribute] = isValues(value) ? listed(value['Fn::GetAtt']) : [];
      return (
        attribute === 'Arn' &&
        this.all('AWS::KMS::Alias').some(
          ({ properties }) =>
            properties['AliasName'] === alias &&
            [at(properties, 'TargetKeyId.Ref'), listed(at(properties, 'TargetKeyId.Fn::GetAtt'))[0]].includes(id),
        )
      );
    });
  }

  /** What a value refers to in another stack of the environment, by that stack's published output. */
  published(value: unknown): Published | undefined {
    const from = isValues(value) ? value['Fn::GetStackOutput'] : undefined;
    if (!isValues(from)) return undefined;
    const stack = this.output.stacks.find(
      ({ name, region }) => name === from['StackName'] && region === from['Region'],
    );
    const template = stack?.template();
    const output = template?.Outputs?.[String(from['OutputName'])];
    const [id, attribute] = [at(output, 'Value.Ref'), ...listed(at(output, 'Value.Fn::GetAtt'))].filter(
      (each) => each !== undefined,
    );
    const resource = typeof id === 'string' ? template?.Resources[id] : undefined;
    if (stack === undefined || resource === undefined) return undefined;
    return { stack: stack.id, resource, ...(typeof attribute === 'string' ? { attribute } : {}) };
  }

  /** A reference to the one resource of a type that another stack of the environment has; with an attribute, to that of it. */
  others(what: string, stack: string, type: string, attribute?: string): Rule {
    return rule(`${what} of ${stack}`, (value) => {
      const found = this.published(value);
      return found?.stack === stack && found.resource.Type === type && found.attribute === attribute;
    });
  }
}

/** What an output of another stack hands on. */
export interface Published {
  /** Id of the stack. */
  readonly stack: string;
  readonly resource: TemplateResource;
  /** @default - its `Ref` */
  readonly attribute?: string;
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);
