/** Alarms, and the topic that tells people of them. */

import { Aws, Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Alarm, ComparisonOperator, MathExpression, Metric, Stats, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { bucket, peer, type Region } from './names.ts';
import { rule } from './replication.ts';
import type { Settings } from './settings.ts';

const publishers = ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'];

/**
 * The topic of a region's alarms. Its key is its own: CloudWatch and Budgets
 * must be able to use it, and no service but S3 may use the key of the data.
 * The topic says on whose behalf they publish; the key does not, since not
 * every service that publishes tells KMS the account, and an alarm that cannot
 * be encrypted is lost without a word.
 */
export function topic(scope: Construct, email: string | undefined): Topic {
  const key = new Key(scope, 'AlarmKey', { description: 'Fieldbook: encrypts alarms', enableKeyRotation: true });
  const topic = new Topic(scope, 'Alarms', { displayName: 'Fieldbook', masterKey: key, enforceSSL: true });
  const principals = publishers.map((name) => new ServicePrincipal(name));
  key.addToResourcePolicy(
    new PolicyStatement({ principals, actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: ['*'] }),
  );
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals,
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  if (email !== undefined) topic.addSubscription(new EmailSubscription(email));
  return topic;
}

export interface WatchProps {
  readonly region: Region;
  readonly settings: Settings;
  readonly fn: Function;
  readonly api: HttpApi;
  readonly topic: Topic;
}

/** The alarms of one region. */
export function watch(scope: Construct, { region, settings, fn, api, topic }: WatchProps): void {
  const action = new SnsAction(topic);
  const alarm = (id: string, metric: IMetric, threshold: number, periods: number, alarmDescription: string): void => {
    const created = new Alarm(scope, id, {
      metric,
      threshold,
      evaluationPeriods: periods,
      datapointsToAlarm: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      // No requests, no metrics: a quiet night is not a failure.
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription,
    });
    created.addAlarmAction(action);
    created.addOkAction(action);
  };
  const period = Duration.minutes(5);

  alarm('ServerErrors', errorRate(api, period), 1, 2, 'more than 1 % of requests end in a server error');
  alarm('FunctionErrors', fn.metricErrors({ period }), 0, 1, 'the function crashed, ran out of memory or out of time');
  alarm('FunctionThrottles', fn.metricThrottles({ period }), 0, 2, 'the function is called more often at one time than it may run');
  alarm('FunctionDuration', fn.metricDuration({ period, statistic: Stats.p(95) }), 10_000, 3, 'one request in twenty takes over 10 s');
  // S3 reports what is late where copies arrive, and what failed where they come from.
  const there = peer(region);
  alarm('ReplicationLatency', copying(there, 'ReplicationLatency', period), 900, 3, `copies come from ${there} over 15 minutes late`);
  alarm('ReplicationFailures', copying(region, 'OperationsFailedReplication', period), 0, 1, `an object was not copied to ${there}`);
  if (settings.gigabytes !== undefined) {
    alarm('BucketSize', size(region), settings.gigabytes * 1e9, 1, `the data bucket exceeds ${settings.gigabytes} GB`);
  }
}

const errorRate = (api: HttpApi, period: Duration): MathExpression =>
  new MathExpression({
    expression: '100 * errors / requests',
    usingMetrics: {
      errors: api.metricServerError({ period, statistic: Stats.SUM }),
      requests: api.metricCount({ period, statistic: Stats.SUM }),
    },
    label: 'server errors in percent',
    period,
  });

/** A metric of the rule that copies a region's data bucket (S3 User Guide, "Using S3 Replication metrics"). */
const copying = (from: Region, metricName: string, period: Duration): Metric =>
  new Metric({
    namespace: 'AWS/S3',
    metricName,
    dimensionsMap: { SourceBucket: bucket('data', from), DestinationBucket: bucket('data', peer(from)), RuleId: rule },
    statistic: metricName === 'ReplicationLatency' ? Stats.MAXIMUM : Stats.SUM,
    period,
  });

/** S3 reports the size of a bucket once a day. */
const size = (region: Region): Metric =>
  new Metric({
    namespace: 'AWS/S3',
    metricName: 'BucketSizeBytes',
    dimensionsMap: { BucketName: bucket('data', region), StorageType: 'StandardStorage' },
    statistic: Stats.MAXIMUM,
    period: Duration.days(1),
  });
