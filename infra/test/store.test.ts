import { Match } from 'aws-cdk-lib/assertions';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { peer, regions, type Region } from '../lib/names.ts';
import { only, plain, rights, statements, synth, type Statement } from './synth.ts';

const { store } = synth();
const alone = synth({ phase: 1 });

const kinds = ['Data', 'Updates'] as const;
const bucket = (region: Region, id: string) => only(store(region), 'AWS::S3::Bucket', id);
const policy = (region: Region, id: string): Statement[] =>
  statements(only(store(region), 'AWS::S3::BucketPolicy', `${id}Policy`)['PolicyDocument']);

for (const region of regions) {
  test(`${region}: every bucket is private, encrypted, reached by TLS only, and stays when its stack goes`, () => {
    store(region).resourceCountIs('AWS::S3::Bucket', 3);
    store(region).allResources('AWS::S3::Bucket', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    store(region).allResourcesProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: Match.anyValue(),
    });
    for (const id of [...kinds, 'AccessLogs']) {
      const plainHttp = policy(region, id).filter((each) => each.condition?.Bool?.['aws:SecureTransport'] === 'false');
      assert.deepEqual(plainHttp.map(({ effect, actions, principal }) => ({ effect, actions, principal })), [
        { effect: 'Deny', actions: ['s3:*'], principal: { AWS: '*' } },
      ]);
    }
  });

  test(`${region}: data is kept in versions for ever, under a key of the region`, () => {
    for (const id of kinds) {
      const { VersioningConfiguration, LifecycleConfiguration } = bucket(region, id);
      assert.equal(VersioningConfiguration.Status, 'Enabled');
      assert.deepEqual(LifecycleConfiguration.Rules, [
        { Id: 'cut-uploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
      ]);
    }
    const [rule] = bucket(region, 'Data')['BucketEncryption'].ServerSideEncryptionConfiguration;
    assert.equal(rule.BucketKeyEnabled, true);
    assert.equal(rule.ServerSideEncryptionByDefault.SSEAlgorithm, 'aws:kms');
    assert.match(plain(rule.ServerSideEncryptionByDefault.KMSMasterKeyID), /^<DataKey/);
    store(region).allResources('AWS::KMS::Key', { DeletionPolicy: 'Retain', Properties: Match.objectLike({ EnableKeyRotation: true }) });
  });

  test(`${region}: everything is copied to the other region, and no deletion is`, () => {
    for (const id of kinds) {
      const { Rules } = bucket(region, id)['ReplicationConfiguration'];
      assert.equal(Rules.length, 1);
      const [rule] = Rules;
      assert.equal(rule.Status, 'Enabled');
      assert.deepEqual(rule.Filter, { Prefix: '' });
      assert.deepEqual(rule.DeleteMarkerReplication, { Status: 'Disabled' });
      assert.equal(plain(rule.Destination.Bucket), `arn:aws:s3:::fieldbook-${id.toLowerCase()}-<AWS::AccountId>-${peer(region)}`);
    }
    const [data] = bucket(region, 'Data')['ReplicationConfiguration'].Rules;
    assert.deepEqual(data.SourceSelectionCriteria, { SseKmsEncryptedObjects: { Status: 'Enabled' } });
    const key = plain(data.Destination.EncryptionConfiguration.ReplicaKmsKeyID);
    assert.equal(key, `arn:aws:kms:${peer(region)}:<AWS::AccountId>:alias/fieldbook-data`);
    assert.deepEqual(data.Destination.Metrics, { Status: 'Enabled' });
  });

  test(`${region}: copying may read here and create there, and nothing else`, () => {
    const all = rights(only(store(region), 'AWS::IAM::Role', 'Replication'));
    const reaching = (place: Region) =>
      all.filter((each) => each.resources.some((resource) => resource.includes(place))).flatMap((each) => each.actions);
    assert.deepEqual(reaching(peer(region)).sort(), ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 's3:ReplicateObject', 's3:ReplicateTags']);
    const keys = all.filter((each) => each.actions.some((action) => action.startsWith('kms:')));
    for (const each of keys) {
      assert.match(each.condition.StringEquals['kms:ViaService'], /^s3\./);
      assert.match(plain(each.condition.StringEquals['kms:EncryptionContext:aws:s3:arn']), /^arn:aws:s3:::fieldbook-data-/);
    }
    const there = keys.filter((each) => each.resources.some((resource) => resource.endsWith('key/*')));
    assert.deepEqual(there.map((each) => each.condition['ForAnyValue:StringEquals']), [{ 'kms:ResourceAliases': 'alias/fieldbook-data' }]);
  });

  test(`${region}: the buckets deny the function what it must never do`, () => {
    for (const id of kinds) {
      const name = `fieldbook-${id.toLowerCase()}-<AWS::AccountId>-${region}`;
      const denied = policy(region, id).filter((each) => each.effect === 'Deny' && each.actions.includes('s3:Delete*'));
      assert.equal(denied.length, 1);
      assert.deepEqual(denied[0]!.principal, { AWS: '*' });
      assert.deepEqual(denied[0]!.resources, [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`]);
      assert.deepEqual(Object.keys(denied[0]!.condition), ['ArnEquals']);
      assert.equal(plain(denied[0]!.condition.ArnEquals['aws:PrincipalArn']), `arn:aws:iam::<AWS::AccountId>:role/fieldbook-sync-${region}`);
      for (const action of ['s3:PutBucket*', 's3:PutLifecycleConfiguration', 's3:PutObjectRetention', 's3:PutObjectLegalHold', 's3:PutObjectAcl']) {
        assert.ok(denied[0]!.actions.includes(action), action);
      }
    }
  });

  test(`${region}: S3 refuses every write of the function that could replace something`, () => {
    const [guard] = policy(region, 'Data').filter((each) => each.actions.includes('s3:PutObject'));
    assert.equal(guard!.effect, 'Deny');
    assert.deepEqual(guard!.principal, { AWS: '*' });
    assert.deepEqual(guard!.resources, [`arn:aws:s3:::fieldbook-data-<AWS::AccountId>-${region}/*`]);
    assert.deepEqual(guard!.condition.Null, { 's3:if-none-match': 'true' });
    assert.deepEqual(Object.keys(guard!.condition).sort(), ['ArnEquals', 'Null']);
  });

  test(`${region}: the configuration's key is used with its purpose stated or not at all`, () => {
    const { KeyPolicy } = only(store(region), 'AWS::KMS::Key', 'ConfigKey');
    const [denied] = statements(KeyPolicy).filter((each) => each.effect === 'Deny');
    assert.deepEqual(denied!.principal, { AWS: '*' });
    assert.ok(denied!.actions.includes('kms:Decrypt') && denied!.actions.includes('kms:Encrypt'));
    assert.deepEqual(denied!.condition, { StringNotEquals: { 'kms:EncryptionContext:purpose': 'fieldbook-service' } });
    store(region).hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/fieldbook-config' });
  });
}

test('only the release role writes updates, and it removes nothing', () => {
  const all = rights(only(store('us-east-1'), 'AWS::IAM::Role', 'Release'));
  assert.deepEqual(all.flatMap((each) => each.actions).sort(), ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListBucket', 's3:PutObject']);
  for (const region of regions) {
    const [guard] = policy(region, 'Updates').filter((each) => each.actions.includes('s3:PutObject'));
    assert.equal(guard!.effect, 'Deny');
    assert.equal(plain(guard!.condition.ArnNotEquals['aws:PrincipalArn']), 'arn:aws:iam::<AWS::AccountId>:role/fieldbook-release');
  }
  assert.throws(() => only(store('eu-west-1'), 'AWS::IAM::Role', 'Release'), /^Error: 0 resources/);
});

test('the release role is taken on by whom the operator names', () => {
  const named = synth({ phase: 1, release: 'arn:aws:iam::111122223333:role/pipeline' });
  const { AssumeRolePolicyDocument } = only(named.store('us-east-1'), 'AWS::IAM::Role', 'Release');
  assert.deepEqual(AssumeRolePolicyDocument.Statement[0].Principal, { AWS: 'arn:aws:iam::111122223333:role/pipeline' });
});

test('phase 1 makes the buckets without copying and no service, under the same names', () => {
  for (const region of regions) {
    assert.equal(alone.places[region].service, undefined);
    const { ReplicationConfiguration, BucketName } = only(alone.store(region), 'AWS::S3::Bucket', 'Data');
    assert.equal(ReplicationConfiguration, undefined);
    assert.deepEqual(BucketName, bucket(region, 'Data')['BucketName']);
    assert.deepEqual(Object.keys(alone.store(region).findResources('AWS::S3::Bucket')), Object.keys(store(region).findResources('AWS::S3::Bucket')));
  }
});
