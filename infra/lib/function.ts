import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { existsSync } from 'node:fs';
import { accept, acceptWildcards } from './nag.ts';
import { areas, bucket, bucketArn, functionRole, purpose, type Region } from './names.ts';
import { throughBucket } from './replication.ts';
import type { Login, Settings } from './settings.ts';
import type { Store } from './store.ts';

export interface SyncProps {
  readonly region: Region;
  readonly settings: Settings;
  /** The encrypted configuration, base64. */
  readonly config: string;
  readonly store: Store;
  readonly login: Login | undefined;
}

/** The sync function: the bootstrap of apps/synclambda, which gets all it knows from its environment. */
export function sync(scope: Construct, props: SyncProps): Function {
  const { settings } = props;
  if (!existsSync(settings.zip)) throw new Error(`${settings.zip} is missing: make lambda builds it`);
  const logs = new LogGroup(scope, 'FunctionLogs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
  const fn = new Function(scope, 'Function', {
    description: 'Fieldbook sync service',
    architecture: Architecture.ARM_64,
    runtime: Runtime.PROVIDED_AL2023,
    handler: 'bootstrap',
    code: Code.fromAsset(settings.zip),
    memorySize: settings.memory,
    // API Gateway gives up after 30 s; the function should be the one to say why.
    timeout: Duration.seconds(29),
    tracing: settings.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
    role: role(scope, props, logs),
    logGroup: logs,
    environment: environment(props),
    ...(settings.concurrency === undefined ? {} : { reservedConcurrentExecutions: settings.concurrency }),
  });
  if (settings.tracing) accept(fn.role!, 'AwsSolutions-IAM5[Resource::*]', 'X-Ray takes segments without naming a resource.');
  return fn;
}

function environment({ region, settings, config, login }: SyncProps): Record<string, string> {
  return {
    FIELDBOOK_BUCKET: bucket('data', region),
    FIELDBOOK_UPDATES_BUCKET: bucket('updates', region),
    FIELDBOOK_CONFIG: config,
    FIELDBOOK_REGION_NAME: region,
    ...(login === undefined ? {} : { FIELDBOOK_OIDC_ISSUER: login.issuer, FIELDBOOK_OIDC_AUDIENCE: login.audience }),
    ...(settings.limits === undefined ? {} : { FIELDBOOK_LIMITS: settings.limits }),
  };
}

/**
 * The function's rights, written out: the grants of CDK would also allow it to
 * lock and tag what it writes.
 */
function role(scope: Construct, { region, store }: SyncProps, logs: LogGroup): Role {
  const objects = areas.map((area) => bucketArn('data', region, `*/${area}/*`));
  const updates = bucketArn('updates', region, '*');
  const role = new Role(scope, 'FunctionRole', {
    roleName: functionRole(region),
    description: 'Fieldbook: reads and creates objects, and removes nothing',
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      serve: new PolicyDocument({
        statements: [
          new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: objects }),
          new PolicyStatement({ actions: ['s3:GetObject'], resources: [updates] }),
          // On the updates too: without it S3 says "denied" of what is only not there.
          new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn('data', region), bucketArn('updates', region)] }),
          new PolicyStatement({
            actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
            resources: [store.dataKey.keyArn],
            conditions: throughBucket(region),
          }),
          new PolicyStatement({
            actions: ['kms:Decrypt'],
            resources: [store.configKey.keyArn],
            conditions: { StringEquals: { 'kms:EncryptionContext:purpose': purpose } },
          }),
          new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logs.logGroupArn] }),
        ],
      }),
    },
  });
  acceptWildcards(role, 'Workspaces come and go, so their ids are not known here; the folders below them are named.', objects);
  acceptWildcards(role, 'The bucket holds nothing but the update channel, which is public.', [updates]);
  return role;
}
