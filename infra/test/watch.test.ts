import { Match } from 'aws-cdk-lib/assertions';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { peer, regions } from '../lib/names.ts';
import { only, plain, statements, synth } from './synth.ts';

const { service } = synth({ email: 'ot@example.org', budget: 40 });

for (const region of regions) {
  const alarm = (id: string) => only(service(region), 'AWS::CloudWatch::Alarm', id);

  test(`${region}: every alarm goes to the topic, and so does its end`, () => {
    const topic = Object.keys(service(region).findResources('AWS::SNS::Topic'))[0];
    service(region).resourceCountIs('AWS::CloudWatch::Alarm', 6);
    service(region).allResourcesProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: [{ Ref: topic }],
      OKActions: [{ Ref: topic }],
      TreatMissingData: 'notBreaching',
    });
    service(region).hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'ot@example.org' });
  });

  test(`${region}: alarms watch errors, throttling, duration and copying`, () => {
    const expression = alarm('ServerErrors')['Metrics'].find((each: any) => each.Expression !== undefined);
    assert.equal(expression.Expression, '100 * errors / requests');
    assert.equal(alarm('ServerErrors')['Threshold'], 1);
    assert.equal(alarm('FunctionErrors')['MetricName'], 'Errors');
    assert.equal(alarm('FunctionThrottles')['MetricName'], 'Throttles');
    assert.equal(alarm('FunctionDuration')['ExtendedStatistic'], 'p95');
    assert.equal(alarm('FunctionDuration')['Threshold'], 10_000);
  });

  test(`${region}: late copies are watched where they arrive, failed ones where they come from`, () => {
    const route = (id: string) => {
      const dimensions = new Map(alarm(id)['Dimensions'].map(({ Name, Value }: any) => [Name, plain(Value)]));
      assert.equal(dimensions.get('RuleId'), 'all');
      return [dimensions.get('SourceBucket'), dimensions.get('DestinationBucket')];
    };
    const [here, there] = [region, peer(region)].map((each) => `fieldbook-data-<AWS::AccountId>-${each}`);
    assert.equal(alarm('ReplicationLatency')['MetricName'], 'ReplicationLatency');
    assert.deepEqual(route('ReplicationLatency'), [there, here]);
    assert.equal(alarm('ReplicationFailures')['MetricName'], 'OperationsFailedReplication');
    assert.deepEqual(route('ReplicationFailures'), [here, there]);
  });

  test(`${region}: alarms are encrypted, and only this account's CloudWatch and Budgets send them`, () => {
    assert.match(plain(only(service(region), 'AWS::SNS::Topic')['KmsMasterKeyId']), /^<AlarmKey/);
    const policy = statements(only(service(region), 'AWS::SNS::TopicPolicy')['PolicyDocument']);
    const [allowed] = policy.filter((each) => each.effect === 'Allow');
    assert.deepEqual(allowed!.principal.Service.sort(), ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com']);
    assert.equal(plain(allowed!.condition.StringEquals['aws:SourceAccount']), '<AWS::AccountId>');
    const [denied] = policy.filter((each) => each.effect === 'Deny');
    assert.deepEqual(denied!.condition, { Bool: { 'aws:SecureTransport': 'false' } });
  });
}

test('one budget for the account tells before the money is spent', () => {
  const { Budget, NotificationsWithSubscribers } = only(service('us-east-1'), 'AWS::Budgets::Budget');
  assert.deepEqual(Budget.BudgetLimit, { Amount: 40, Unit: 'USD' });
  assert.equal(Budget.TimeUnit, 'MONTHLY');
  const told = NotificationsWithSubscribers.map(({ Notification, Subscribers }: any) => {
    assert.match(plain(Subscribers[0].Address), /^<Alarms/);
    return [Notification.NotificationType, Notification.Threshold];
  });
  assert.deepEqual(told, [['ACTUAL', 80], ['FORECASTED', 100]]);
  service('eu-west-1').resourceCountIs('AWS::Budgets::Budget', 0);
});

test('the size of the bucket is watched when a size is given', () => {
  synth({ gigabytes: 100 }).service('eu-west-1').hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'BucketSizeBytes',
    Threshold: 100e9,
    Dimensions: Match.arrayWith([{ Name: 'StorageType', Value: 'StandardStorage' }]),
  });
});

test('without an address nobody is subscribed', () => {
  synth().service('us-east-1').resourceCountIs('AWS::SNS::Subscription', 0);
});
