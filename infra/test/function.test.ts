import assert from 'node:assert/strict';
import { test } from 'node:test';
import { regions } from '../lib/names.ts';
import { define, only, plain, rights, synth } from './synth.ts';

const { service } = synth();

for (const region of regions) {
  const data = `arn:aws:s3:::fieldbook-data-<AWS::AccountId>-${region}`;
  const updates = `arn:aws:s3:::fieldbook-updates-<AWS::AccountId>-${region}`;

  test(`${region}: the function has these rights and no other`, () => {
    const byAction = new Map<string, string[]>();
    for (const { effect, actions, resources } of rights(only(service(region), 'AWS::IAM::Role', 'FunctionRole'))) {
      assert.equal(effect, 'Allow');
      for (const action of actions) byAction.set(action, [...(byAction.get(action) ?? []), ...resources].sort());
    }
    const objects = [`${data}/*/blobs/*`, `${data}/*/feeds/*`, `${data}/*/packs/*`, `${data}/*/parts/*`];
    const named = (pattern: RegExp) => (resource: string) => assert.match(resource, pattern);
    assert.deepEqual(byAction.get('s3:GetObject'), [...objects, `${updates}/*`]);
    assert.deepEqual(byAction.get('s3:PutObject'), objects);
    assert.deepEqual(byAction.get('s3:ListBucket'), [data, updates]);
    for (const action of ['kms:Decrypt', 'kms:GenerateDataKey']) byAction.get(action)!.forEach(named(/(Data|Config)Key/));
    for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents']) byAction.get(action)!.forEach(named(/^<FunctionLogs/));
    assert.deepEqual(
      [...byAction.keys()].sort(),
      [
        'kms:Decrypt', 'kms:GenerateDataKey', 'logs:CreateLogStream', 'logs:PutLogEvents', 's3:GetObject', 's3:ListBucket', 's3:PutObject',
      ],
    );
  });

  test(`${region}: no policy beside the role's own adds to the rights`, () => {
    service(region).resourceCountIs('AWS::IAM::Policy', 0);
    service(region).resourceCountIs('AWS::IAM::ManagedPolicy', 0);
    assert.equal(only(service(region), 'AWS::IAM::Role', 'FunctionRole')['ManagedPolicyArns'], undefined);
  });

  test(`${region}: a key opens the data through S3 only, and the configuration for its purpose only`, () => {
    const keys = rights(only(service(region), 'AWS::IAM::Role', 'FunctionRole')).filter((each) => each.actions.some((a) => a.startsWith('kms:')));
    assert.equal(keys.length, 2);
    const config = keys.find((each) => each.resources.some((resource) => resource.includes('ConfigKey')))!;
    assert.deepEqual(config.actions, ['kms:Decrypt']);
    assert.deepEqual(config.condition, { StringEquals: { 'kms:EncryptionContext:purpose': 'fieldbook-service' } });
    const { StringEquals } = keys.find((each) => each !== config)!.condition;
    assert.equal(StringEquals['kms:ViaService'], `s3.${region}.amazonaws.com`);
    assert.equal(plain(StringEquals['kms:EncryptionContext:aws:s3:arn']), data);
  });

  test(`${region}: the function is the arm64 bootstrap with what it needs to know`, () => {
    const fn = only(service(region), 'AWS::Lambda::Function');
    assert.deepEqual(fn['Architectures'], ['arm64']);
    assert.equal(fn['Runtime'], 'provided.al2023');
    assert.equal(fn['Handler'], 'bootstrap');
    assert.equal(fn['MemorySize'], 512);
    assert.equal(fn['Timeout'], 29);
    assert.equal(fn['ReservedConcurrentExecutions'], undefined);
    assert.equal(fn['TracingConfig'], undefined);
    const environment = Object.entries(fn['Environment'].Variables).map(([name, value]) => [name, plain(value)]);
    assert.deepEqual(Object.fromEntries(environment), {
      FIELDBOOK_BUCKET: `fieldbook-data-<AWS::AccountId>-${region}`,
      FIELDBOOK_UPDATES_BUCKET: `fieldbook-updates-<AWS::AccountId>-${region}`,
      FIELDBOOK_CONFIG: '<Config>',
      FIELDBOOK_REGION_NAME: region,
    });
    assert.equal(only(service(region), 'AWS::Logs::LogGroup', 'FunctionLogs')['RetentionInDays'], 30);
  });
}

test('the encrypted configuration is a parameter without a default, and must look like one', () => {
  const { Config } = service('us-east-1').findParameters('Config');
  assert.equal(Config!['Default'], undefined);
  assert.equal(Config!['NoEcho'], true);
  const pattern = new RegExp(Config!['AllowedPattern']);
  assert.match(Buffer.alloc(200, 7).toString('base64'), pattern);
  assert.doesNotMatch('{"service_key":"', pattern);
});

test('what the operator chooses reaches the function', () => {
  const chosen = synth({ memory: 1024, concurrency: 20, tracing: 'true', limits: '{ "devices": 50 }' });
  const fn = only(chosen.service('eu-west-1'), 'AWS::Lambda::Function');
  assert.equal(fn['MemorySize'], 1024);
  assert.equal(fn['ReservedConcurrentExecutions'], 20);
  assert.deepEqual(fn['TracingConfig'], { Mode: 'Active' });
  assert.equal(fn['Environment'].Variables.FIELDBOOK_LIMITS, '{"devices":50}');
});

test('without the code there is an error that says how to get it', () => {
  assert.throws(() => define({ zip: 'not/there.zip' }), /not\/there\.zip is missing: make lambda builds it/);
  define({ zip: 'not/there.zip', phase: 1 });
});
