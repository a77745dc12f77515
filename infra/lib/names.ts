/**
 * Names that stacks of different regions, and people with a command line, must
 * agree on without asking AWS. They are fixed, so that everything synthesises
 * offline and neither region has to wait for what the other one generated.
 */

import { Aws } from 'aws-cdk-lib';

/** The regions of the service. Each can be lost without the other. */
export const regions = ['us-east-1', 'eu-west-1'] as const;
export type Region = (typeof regions)[number];

/** Where what an account has only once is created: the budget and the release role. */
export const home: Region = 'us-east-1';

/** The other region, to which a region's buckets are copied. */
export const peer = (region: Region): Region => (region === 'us-east-1' ? 'eu-west-1' : 'us-east-1');

/** Which bucket: `data` holds workspaces, `updates` the signed TUF repository of releases. */
export type Kind = 'data' | 'updates';

/** Bucket names are shared by all customers of AWS, so they carry the account. */
export const bucket = (kind: Kind, region: Region): string => `fieldbook-${kind}-${Aws.ACCOUNT_ID}-${region}`;

/** The ARN of a bucket, or with a pattern that of objects in it. */
export const bucketArn = (kind: Kind, region: Region, objects?: string): string =>
  `arn:aws:s3:::${bucket(kind, region)}${objects === undefined ? '' : `/${objects}`}`;

/** KMS alias of the key that encrypts a region's data bucket. */
export const dataKey = 'alias/fieldbook-data';

/** KMS alias of the key under which the operator encrypts a region's configuration. */
export const configKey = 'alias/fieldbook-config';

/** The encryption context that every use of the configuration key must state. */
export const purpose = 'fieldbook-service';

/** Role names are shared by all regions of an account. */
export const functionRole = (region: Region): string => `fieldbook-sync-${region}`;

/** The only role that may write the update channel. */
export const releaseRole = 'fieldbook-release';

/** The ARN of a role in this account. */
export const roleArn = (name: string): string => `arn:aws:iam::${Aws.ACCOUNT_ID}:role/${name}`;

/** The folders of a workspace in the data bucket: `<workspace>/<area>/...`. */
export const areas = ['feeds', 'packs', 'parts', 'blobs'] as const;
