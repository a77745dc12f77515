/**
 * Copying between the regions, in both directions. Objects are created once and
 * never changed, and S3 does not copy a copy on, so two directions make no loop
 * and no conflict.
 */

import { Aws } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acceptWildcards } from './nag.ts';
import { bucketArn, dataKey, peer, type Kind, type Region } from './names.ts';

export interface ReplicationProps {
  /** Where the buckets are. */
  readonly region: Region;
  readonly data: Bucket;
  readonly updates: Bucket;
  /** The key of the data bucket. */
  readonly key: IKey;
}

/** The id of a bucket's only rule; S3's metrics are named by it. */
export const rule = 'all';

/** Copies what is written to a region's buckets to those of the other region. */
export function replicate(scope: Construct, { region, data, updates, key }: ReplicationProps): void {
  const role = copier(scope, region, key);
  // Metrics cost as much as everything else of a small installation; the record is worth them.
  configure(data, role, 'data', region, { metrics: true, key: keyArn(peer(region)) });
  configure(updates, role, 'updates', region, { metrics: false });
}

/**
 * The other region's key by its alias, since its id is not known here. S3
 * resolves an alias in the account of who asks, which is this one.
 */
const keyArn = (region: Region): string => `arn:aws:kms:${region}:${Aws.ACCOUNT_ID}:${dataKey}`;

function configure(bucket: Bucket, role: Role, kind: Kind, region: Region, options: { metrics: boolean; key?: string }): void {
  const cfn = bucket.node.defaultChild as CfnBucket;
  cfn.replicationConfiguration = {
    role: role.roleArn,
    rules: [
      {
        id: rule,
        status: 'Enabled',
        priority: 0,
        filter: { prefix: '' },
        // Whoever removes something in one region must not thereby remove it in the other.
        deleteMarkerReplication: { status: 'Disabled' },
        ...(options.key === undefined ? {} : { sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } } }),
        destination: {
          bucket: bucketArn(kind, peer(region)),
          ...(options.key === undefined ? {} : { encryptionConfiguration: { replicaKmsKeyId: options.key } }),
          ...(options.metrics ? { metrics: { status: 'Enabled' } } : {}),
        },
      },
    ],
  };
}

/** The role that S3 takes on. Without s3:ReplicateDelete it can remove nothing over there. */
function copier(scope: Construct, region: Region, key: IKey): Role {
  const there = peer(region);
  const from = [bucketArn('data', region, '*'), bucketArn('updates', region, '*')];
  const to = [bucketArn('data', there, '*'), bucketArn('updates', there, '*')];
  const keys = `arn:aws:kms:${there}:${Aws.ACCOUNT_ID}:key/*`;
  const role = new Role(scope, 'Replication', {
    description: `Fieldbook: copies new objects from ${region} to ${there}`,
    assumedBy: new ServicePrincipal('s3.amazonaws.com'),
    inlinePolicies: {
      copy: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ['s3:GetReplicationConfiguration', 's3:ListBucket'],
            resources: [bucketArn('data', region), bucketArn('updates', region)],
          }),
          new PolicyStatement({
            actions: ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
            resources: from,
          }),
          new PolicyStatement({ actions: ['s3:ReplicateObject', 's3:ReplicateTags'], resources: to }),
          new PolicyStatement({ actions: ['kms:Decrypt'], resources: [key.keyArn], conditions: throughBucket(region) }),
          // Decrypt: S3 checks the bucket key of the destination before it uses it.
          new PolicyStatement({
            actions: ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:Decrypt'],
            resources: [keys],
            conditions: { ...throughBucket(there), 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': dataKey } },
          }),
        ],
      }),
    },
  });
  acceptWildcards(role, 'The rule copies every object of these two buckets.', [...from, ...to]);
  acceptWildcards(role, "The other region's key has no id that is known here; the condition on its alias leaves one key.", [keys]);
  return role;
}

/**
 * A condition that a key is used by S3 alone, for the data bucket alone. With
 * bucket keys S3 states the bucket and not the object.
 */
export const throughBucket = (region: Region) => ({
  StringEquals: {
    'kms:ViaService': `s3.${region}.amazonaws.com`,
    'kms:EncryptionContext:aws:s3:arn': bucketArn('data', region),
  },
});
