/**
 * What must outlive the service: a region's buckets and keys. Nothing here is
 * removed with its stack.
 */

import { CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, type BucketProps } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { configGuard, dataGuards, updatesGuards } from './guard.ts';
import { bucket, configKey, dataKey, home, purpose, type Region } from './names.ts';
import { release } from './release.ts';
import { replicate } from './replication.ts';
import type { Settings } from './settings.ts';

/** How long it is kept who read which object; long enough to look into a theft. */
const accessLogs = Duration.days(90);

export interface StoreProps {
  readonly region: Region;
  readonly settings: Settings;
}

/**
 * One region's store. In phase 1 it stands alone; in phase 2 new objects are
 * copied to the other region's store, which must exist by then: S3 refuses a
 * replication rule to a bucket that is not there, so neither region could be
 * the first to be created with one.
 */
export class Store extends Stack {
  /** Encrypts the data bucket. */
  readonly dataKey: Key;
  /** Encrypts the configuration of the region's function. */
  readonly configKey: Key;

  constructor(scope: Construct, id: string, { region, settings }: StoreProps) {
    super(scope, id, {
      env: { region },
      description: `Fieldbook: data, updates and keys in ${region}`,
      terminationProtection: true,
    });
    this.dataKey = this.key('DataKey', dataKey, 'Fieldbook: encrypts the data bucket');
    this.configKey = this.key('ConfigKey', configKey, 'Fieldbook: encrypts the configuration of the sync function');
    for (const statement of configGuard()) this.configKey.addToResourcePolicy(statement);

    const logs = this.logs();
    const data = this.bucket('Data', {
      bucketName: bucket('data', region),
      encryption: BucketEncryption.KMS,
      encryptionKey: this.dataKey,
      // One request to KMS for many objects instead of one for each.
      bucketKeyEnabled: true,
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: 'data/',
    });
    for (const statement of dataGuards(region)) data.addToResourcePolicy(statement);

    // What it holds is public and signed, so the key of S3 does, and the release
    // pipeline needs no right to any other key.
    const updates = this.bucket('Updates', {
      bucketName: bucket('updates', region),
      encryption: BucketEncryption.S3_MANAGED,
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: 'updates/',
    });
    for (const statement of updatesGuards(region)) updates.addToResourcePolicy(statement);

    if (region === home) release(this, settings.release);
    if (settings.phase === 2) replicate(this, { region, data, updates, key: this.dataKey });
    new CfnOutput(this, 'ConfigKeyAlias', { value: configKey, description: `aws kms encrypt with the context purpose=${purpose}` });
    new CfnOutput(this, 'DataBucket', { value: data.bucketName });
    new CfnOutput(this, 'UpdatesBucket', { value: updates.bucketName });
  }

  private key(id: string, alias: string, description: string): Key {
    return new Key(this, id, { alias, description, enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN });
  }

  /** A bucket in which nothing ever expires: what is stored is the record. */
  private bucket(id: string, props: BucketProps): Bucket {
    return new Bucket(this, id, {
      ...sealed,
      versioned: true,
      lifecycleRules: [{ id: 'cut-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) }],
      ...props,
    });
  }

  private logs(): Bucket {
    return new Bucket(this, 'AccessLogs', {
      ...sealed,
      // S3 delivers access logs to buckets with its own key only.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ id: 'age', expiration: accessLogs, abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
  }
}

/** What every bucket has. */
const sealed: BucketProps = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  removalPolicy: RemovalPolicy.RETAIN,
};
