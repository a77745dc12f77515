import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  DomainName,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
  PayloadFormatVersion,
  SecurityPolicy,
  type HttpRoute,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import type { Construct } from 'constructs';
import { accept } from './nag.ts';
import type { Region } from './names.ts';
import type { Domain, Login, Settings } from './settings.ts';

export interface ApiProps {
  readonly region: Region;
  readonly settings: Settings;
  readonly fn: Function;
  readonly login: Login | undefined;
}

/** An API and the URL under which laptops reach it. */
export interface Served {
  readonly api: HttpApi;
  readonly url: string;
}

/** The API: everything below /v1/ goes to the function, everything else is not found. */
export function api(scope: Construct, { region, settings, fn, login }: ApiProps): Served {
  const domain = settings.domain === undefined ? undefined : named(scope, region, settings.domain);
  const http = new HttpApi(scope, 'Api', {
    apiName: `fieldbook-${region}`,
    description: 'Fieldbook sync service',
    createDefaultStage: false,
    // With a name of one's own there is one door and not two.
    disableExecuteApiEndpoint: domain !== undefined,
  });
  const integration = new HttpLambdaIntegration('Integration', fn, { payloadFormatVersion: PayloadFormatVersion.VERSION_2_0 });
  const routes = http.addRoutes({
    path: '/v1/{proxy+}',
    methods: [HttpMethod.ANY],
    integration,
    ...(login === undefined ? {} : { authorizer: new HttpJwtAuthorizer('Login', login.issuer, { jwtAudience: [login.audience] }) }),
  });
  if (login === undefined) {
    open(routes, 'Each request is signed by a key of the device (RFC 9421), which the function checks; a login is optional on top.');
  } else {
    const updates = http.addRoutes({ path: '/v1/updates/{proxy+}', methods: [HttpMethod.GET, HttpMethod.HEAD], integration });
    open(updates, 'Updates are public and signed (TUF); a laptop must be able to take one before anybody logs in.');
  }
  const stage = new HttpStage(scope, 'Stage', {
    httpApi: http,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: settings.rate, burstLimit: settings.burst },
    accessLogSettings: { destination: new LogGroupLogDestination(logs(scope)), format },
    ...(domain === undefined ? {} : { domainMapping: { domainName: domain } }),
  });
  return { api: http, url: domain === undefined ? stage.url : `https://${domain.name}/` };
}

/**
 * What is logged of a request: no path, query or header, so neither workspace
 * ids nor signatures nor tokens. The address stays to trace who floods the API.
 */
const format = AccessLogFormat.custom(
  JSON.stringify({
    id: '$context.requestId',
    time: '$context.requestTimeEpoch',
    ip: '$context.identity.sourceIp',
    method: '$context.httpMethod',
    route: '$context.routeKey',
    status: '$context.status',
    bytes: '$context.responseLength',
    ms: '$context.responseLatency',
    function_ms: '$context.integrationLatency',
    error: '$context.error.responseType',
  }),
);

function logs(scope: Construct): LogGroup {
  return new LogGroup(scope, 'AccessLogs', {
    // Under this prefix API Gateway needs no policy of its own for each log group.
    logGroupName: '/aws/vendedlogs/fieldbook',
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** Accepts that routes ask for no login. */
function open(routes: HttpRoute[], reason: string): void {
  for (const route of routes) accept(route, 'AwsSolutions-APIG4', reason);
}

/** `<region>.<name>` with a certificate, both made in the given zone without looking it up. */
function named(scope: Construct, region: Region, { name, zoneId, zoneName }: Domain): DomainName {
  const zone = HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId: zoneId, zoneName });
  const domainName = `${region}.${name}`;
  const certificate = new Certificate(scope, 'Certificate', { domainName, validation: CertificateValidation.fromDns(zone) });
  const domain = new DomainName(scope, 'Domain', { domainName, certificate, securityPolicy: SecurityPolicy.TLS_1_2 });
  const target = new ApiGatewayv2DomainProperties(domain.regionalDomainName, domain.regionalHostedZoneId);
  new ARecord(scope, 'Alias', { zone, recordName: `${domainName}.`, target: RecordTarget.fromAlias(target) });
  return domain;
}
