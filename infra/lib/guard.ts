/**
 * Denials on buckets and keys. They hold whatever rights a role is given later
 * by mistake, since a denial wins over every permission.
 */

import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { bucketArn, functionRole, purpose, releaseRole, roleArn, type Kind, type Region } from './names.ts';

/**
 * Statements name roles by condition and not as principals: S3 refuses a policy
 * with a principal that does not exist yet, and one that was removed and made
 * again would no longer be meant.
 */
const is = (role: string) => ({ ArnEquals: { 'aws:PrincipalArn': roleArn(role) } });

/** What the function must never do to a bucket, even with stolen credentials. */
const destructive = [
  's3:Delete*',
  's3:PutBucket*',
  's3:PutLifecycleConfiguration',
  's3:PutReplicationConfiguration',
  's3:PutEncryptionConfiguration',
  's3:PutObjectAcl',
  's3:PutObjectVersionAcl',
  's3:PutObjectRetention',
  's3:PutObjectLegalHold',
  's3:BypassGovernanceRetention',
  's3:ObjectOwnerOverrideToBucketOwner',
];

/**
 * The data bucket: the function deletes nothing and replaces nothing. A write
 * must carry If-None-Match, so S3 itself keeps the store create-only. Parts of a
 * multipart upload cannot carry it and are denied too: no object of a workspace
 * is larger than 8 MiB, attachments are kept in chunks.
 */
export const dataGuards = (region: Region): PolicyStatement[] => [
  keep('data', region),
  deny('FunctionCreatesOnly', ['s3:PutObject'], [bucketArn('data', region, '*')], {
    ...is(functionRole(region)),
    Null: { 's3:if-none-match': 'true' },
  }),
];

/** The updates bucket: the function deletes nothing, and only releases are written. */
export const updatesGuards = (region: Region): PolicyStatement[] => [
  keep('updates', region),
  deny('OnlyReleasesAreWritten', ['s3:PutObject'], [bucketArn('updates', region, '*')], {
    ArnNotEquals: { 'aws:PrincipalArn': roleArn(releaseRole) },
  }),
];

/** The configuration's key serves nothing else: whoever uses it states what for. */
export const configGuard = (): PolicyStatement[] => [
  deny('StatesItsPurpose', ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'], ['*'], {
    StringNotEquals: { 'kms:EncryptionContext:purpose': purpose },
  }),
];

const keep = (kind: Kind, region: Region): PolicyStatement =>
  deny('FunctionDeletesNothing', destructive, [bucketArn(kind, region), bucketArn(kind, region, '*')], is(functionRole(region)));

const deny = (sid: string, actions: string[], resources: string[], conditions: Record<string, object>): PolicyStatement =>
  new PolicyStatement({ sid, effect: Effect.DENY, principals: [new AnyPrincipal()], actions, resources, conditions });
