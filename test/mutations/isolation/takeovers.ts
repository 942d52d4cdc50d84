import type { TemplateResource } from '../../../assurance/output/cloud-assembly';
import type { Output } from '../../../assurance/output/output';
import { addResource, editResource, type Fields, type Mutation, removeResource, set } from '../edits';
import { editRail } from './guard-rails';
import { role } from './resources';

/** Faults by which somebody takes over what leads to data: roles, functions, machines, clusters. */
export const takeoverMutations = (): Mutation[] => [
  ...roles(),
  ...rails(),
  ...powers(),
  ...handedOver(),
  ...permissions(),
  ...clock(),
];

const rolesLike = (name: string): string => `arn:aws:iam::*:role/${name}`;

/** A role more, with a right on what others are. */
function roles(): Mutation[] {
  const change = ['iam:UpdateAssumeRolePolicy', 'iam:PutRolePolicy'];
  const rights: readonly (readonly [name: string, action: string | readonly string[], resource: string])[] = [
    ['changes who becomes ingest', change, rolesLike('*ingest*')],
    ['changes who becomes a grant', [...change, 'iam:AttachRolePolicy'], rolesLike('*grant*')],
    ['changes the role of a controller', 'iam:AttachRolePolicy', rolesLike('*-keda')],
    ['changes the roles of the bootstrap', 'iam:PutRolePolicy', rolesLike('cdk-*')],
    ['becomes a role of the bootstrap', 'sts:AssumeRole', rolesLike('cdk-*-deploy-role-*')],
    ['hands over the role of a handler', 'iam:PassRole', rolesLike('*-kubernetes')],
    ['takes the limits off roles', 'iam:DeleteRolePermissionsBoundary', '*'],
    ['calls every function', 'lambda:InvokeFunction', '*'],
    ['calls versions of functions', 'lambda:InvokeFunction', 'arn:aws:lambda:*:*:function:*:*'],
    ['reads the code of functions', 'lambda:GetFunction', 'arn:aws:lambda:*:*:function:*delivery'],
  ];
  return ['production-operations', 'research-operations'].flatMap((stack) =>
    rights.map(([name, Action, Resource]) => ({
      id: `${stack}: a role that ${name}`,
      description: 'a takeover',
      apply: (output: Output) => addResource(output, stack, role('added', { Action, Resource })),
      expects: /^(?:one-lock-left|open) .+by the identity's policies alone a session of atoll-sample-added/,
    })),
  );
}

/** The organisation's policies leave out roles that are no tenant's. */
function rails(): Mutation[] {
  const DEPLOYS = 'service-control-policy-sample-deploys';
  const leaves = (sid: string, what: string, edit: (statement: Fields) => void): Mutation => ({
    id: `${DEPLOYS}[${sid}]: leaves out ${what}`,
    description: 'a deny that covers less',
    apply: (output) =>
      editRail(output, DEPLOYS, (statements) => {
        const found = statements.find((one) => one.Sid === sid);
        if (found === undefined) throw new Error(`got no statement '${sid}' to change`);
        edit(found);
      }),
    expects: /^one-lock-left .+by the organisation's policies alone/,
  });
  return ['RolesByDeploysOnly', 'RolesHandedOverByDeploysOnly'].flatMap((sid) => [
    leaves(sid, 'ingest', (statement) => {
      Reflect.deleteProperty(statement, 'Resource');
      statement['NotResource'] = '*ingest*';
    }),
    leaves(sid, 'roles of the research account', (statement) => {
      statement['Resource'] = JSON.parse(
        JSON.stringify(statement['Resource']).replaceAll(':*:', ':222222222222:').replaceAll('::*:', '::222222222222:'),
      ) as unknown;
    }),
  ]);
}

/** Rights over machines, functions, clusters and deployments. */
function powers(): Mutation[] {
  const anew = (name: string, statement: Fields): Mutation => ({
    id: `research-operations: a role that ${name}`,
    description: 'a takeover',
    apply: (output) => addResource(output, 'research-operations', role('added', { Resource: '*', ...statement })),
    expects: /^open .+added may .+no power/,
  });
  const ingest = (statement: Fields): Mutation => ({
    id: `production-ingest: ingest with ${JSON.stringify(Object.values(statement)[0])} on everything`,
    description: 'a takeover',
    apply: (output) =>
      addResource(output, 'production-ingest', more('atoll-sample-ingest', { Resource: '*', ...statement })),
    expects: /^open .+atoll-sample-ingest may .+no power/,
  });
  const one = 'arn:aws:eks:eu-central-1:333333333333:cluster/atoll-sample-research';
  return [
    anew('lets people into clusters', { Action: ['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy'] }),
    anew('gives pods a role', { Action: 'eks:CreatePodIdentityAssociation', Resource: one }),
    anew('changes stacks', { Action: 'cloudformation:*StackSet*' }),
    anew('changes policies of roles', { Action: 'iam:createpolicyversion' }),
    anew('does all but reading', { NotAction: ['s3:*', 'iam:*', 'sts:*'] }),
    ...['lambda:UpdateFunctionCode', 'ssm:SendCommand', 'ec2:*', 'ec2:Modify?nstanceAttribute'].map((Action) =>
      ingest({ Action }),
    ),
  ];
}

/** One more policy of a role by its name. */
const more = (name: string, statement: Fields): TemplateResource => ({
  Type: 'AWS::IAM::RolePolicy',
  Properties: {
    RoleName: name,
    PolicyName: 'more',
    PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] },
  },
});

/** Karpenter hands over more than its machines' role, or not even that. */
function handedOver(): Mutation[] {
  const own = (Properties: Fields): boolean => JSON.stringify(Properties).includes('PassNodeRole');
  const changed = (id: string, edit: (statement: Fields) => void, expects: RegExp): Mutation => ({
    id: `production-cluster/Karpenter[PassNodeRole]: ${id}`,
    description: 'a role that is handed over',
    apply: (output) =>
      editResource(
        output,
        'production-cluster',
        'AWS::IAM::ManagedPolicy',
        ({ PolicyDocument }) => {
          const all = (PolicyDocument as { Statement: Fields[] }).Statement;
          edit(all.find(({ Sid }) => Sid === 'PassNodeRole') ?? {});
        },
        own,
      ),
    expects,
  });
  const wide = /^(?:one-lock-left|open) .+karpenter may iam:PassRole/;
  return [
    changed(
      'every role',
      (statement) => {
        statement['Resource'] = '*';
      },
      wide,
    ),
    changed(
      'to every service',
      (statement) => {
        Reflect.deleteProperty(statement, 'Condition');
      },
      wide,
    ),
    changed(
      'another role',
      (statement) => {
        statement['Resource'] = rolesLike('another');
      },
      /^closed .+Karpenter .+iam:PassRole/,
    ),
  ];
}

/** Who may call or change the function that puts everything into the clusters. */
function permissions(): Mutation[] {
  const allowed = (who: string, fields: Fields): Mutation => ({
    id: `production-delivery: its handler for ${who}`,
    description: 'a permission',
    apply: (output) =>
      addResource(output, 'production-delivery', {
        Type: 'AWS::Lambda::Permission',
        Properties: { Action: 'lambda:InvokeFunction', FunctionName: 'atoll-sample-production-delivery', ...fields },
      }),
    expects: /^(?:one-lock-left|open) .+production-delivery\/HandlerFunction.+ may lambda:/,
  });
  return [
    allowed('everybody', { Principal: '*' }),
    allowed('another account', { Principal: '999999999999' }),
    allowed('the account of the other cluster', { Principal: '333333333333' }),
    allowed('its own account', { Principal: '222222222222' }),
    allowed('a role of its account', { Principal: 'arn:aws:iam::222222222222:role/atoll-sample-ingest' }),
    allowed('everybody of the organisation', { Principal: '*', PrincipalOrgID: 'o-exampleorg01' }),
    allowed('a service', { Principal: 's3.amazonaws.com', SourceAccount: '222222222222' }),
    allowed('changes of another account', { Principal: '999999999999', Action: 'lambda:*' }),
  ];
}

/** The ledger's sign of life. */
function clock(): Mutation[] {
  const LEDGER = 'research-evidence';
  const TYPE = 'AWS::Lambda::Permission';
  const without = (field: string): Mutation => ({
    id: `${LEDGER}: the clock of the ledger without ${field}`,
    description: 'a dropped condition',
    apply: (output) =>
      editResource(output, LEDGER, TYPE, (properties) => {
        set(properties, field, undefined);
      }),
    expects: /^open .+GrantsLedgerFunction.+lambda:InvokeFunction/,
  });
  return [
    without('SourceArn'),
    without('SourceAccount'),
    {
      id: `${LEDGER}: no clock of the ledger`,
      description: 'a missing permission',
      apply: (output) => removeResource(output, LEDGER, TYPE),
      expects: /^closed .+events\.amazonaws\.com: lambda:InvokeFunction/,
    },
  ];
}
