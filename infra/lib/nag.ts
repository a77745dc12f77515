/** Findings of cdk-nag that are accepted, each with the reason why it does not apply. */

import { Aws, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Accepts one finding on one construct. */
export function accept(construct: IConstruct, id: string, reason: string): void {
  Validations.of(construct).acknowledge({ id, reason });
}

/**
 * Accepts wildcards in the given resources of a role's policy, and in no
 * others. cdk-nag names what is known only in AWS as `<what>`.
 */
export function acceptWildcards(construct: IConstruct, reason: string, resources: string[]): void {
  for (const resource of resources) {
    accept(construct, `AwsSolutions-IAM5[Resource::${resource.replaceAll(Aws.ACCOUNT_ID, '<AWS::AccountId>')}]`, reason);
  }
}
