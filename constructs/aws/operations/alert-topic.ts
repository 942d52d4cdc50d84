import { RemovalPolicy, aws_iam as iam, aws_kms as kms, aws_sns as sns } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Environment } from '../../../schema/model';
import { operationNames } from '../../../schema/names';
import type { ClusterName } from '../../../schema/vocabulary';
import { explain } from '../acknowledge';

export interface AlertTopicProps {
  readonly env: Environment;
  readonly cluster: ClusterName;
}

/** Services that publish alarms and budget notices. */
const PUBLISHERS = ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'] as const;

/**
 * Where alarms and budgets of one account go, and from there to `env.alertEmail`, whose owner confirms the subscription once.
 *
 * Encrypted with a key of its own (1 $ a month): CloudWatch and Budgets cannot publish to a topic under the key of SNS itself.
 */
export class AlertTopic extends Construct {
  readonly topic: sns.Topic;
  readonly key: kms.Key;

  constructor(scope: Construct, id: string, props: AlertTopicProps) {
    super(scope, id);
    const { env, cluster } = props;
    const fromThisAccount = { StringEquals: { 'aws:SourceAccount': env.accounts[cluster] } };
    const publishers = PUBLISHERS.map((service) => new iam.ServicePrincipal(service));

    this.key = new kms.Key(this, 'Key', {
      description: `alerts of ${env.name}, ${cluster}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    explain(
      this.key.node.defaultChild as kms.CfnKey,
      "kms:* is the account's own administration, bounded by IAM; it encrypts messages of the platform, never tenants' data",
    );
    this.key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'PublishersOfThisAccount',
        principals: publishers,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        // In a key policy `*` is this key.
        resources: ['*'],
        conditions: fromThisAccount,
      }),
    );

    this.topic = new sns.Topic(this, 'Topic', {
      topicName: operationNames.alertTopic(env, cluster),
      masterKey: this.key,
      enforceSSL: true,
    });
    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'PublishersOfThisAccount',
        principals: publishers,
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: fromThisAccount,
      }),
    );
    new sns.CfnSubscription(this, 'Email', {
      topicArn: this.topic.topicArn,
      protocol: 'email',
      endpoint: env.alertEmail,
    });
  }
}
