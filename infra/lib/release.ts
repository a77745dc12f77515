import { AccountRootPrincipal, ArnPrincipal, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acceptWildcards } from './nag.ts';
import { bucketArn, regions, releaseRole } from './names.ts';

/**
 * The role of the release pipeline, the only one that may write the update
 * channel. It may write to either region, so that a release is possible while
 * one is lost; replication brings it to the other. It can't remove anything.
 */
export function release(scope: Construct, trusted: string | undefined): Role {
  const buckets = regions.map((region) => bucketArn('updates', region));
  const objects = regions.map((region) => bucketArn('updates', region, '*'));
  const role = new Role(scope, 'Release', {
    roleName: releaseRole,
    description: 'Fieldbook: publishes releases to the update channel',
    assumedBy: trusted === undefined ? new AccountRootPrincipal() : new ArnPrincipal(trusted),
    inlinePolicies: {
      publish: new PolicyDocument({
        statements: [
          new PolicyStatement({ actions: ['s3:ListBucket'], resources: buckets }),
          new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], resources: objects }),
        ],
      }),
    },
  });
  acceptWildcards(role, 'The bucket holds nothing but the update channel, whose names a release makes up.', objects);
  return role;
}
