import { Match } from 'aws-cdk-lib/assertions';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { regions } from '../lib/names.ts';
import { only, plain, synth } from './synth.ts';

const { service } = synth();
const cognito = synth({ cognito: 'true' });

for (const region of regions) {
  test(`${region}: one route leads to the function`, () => {
    assert.equal(only(service(region), 'AWS::ApiGatewayV2::Route')['RouteKey'], 'ANY /v1/{proxy+}');
    const integration = only(service(region), 'AWS::ApiGatewayV2::Integration');
    assert.equal(integration['PayloadFormatVersion'], '2.0');
    assert.match(plain(integration['IntegrationUri']), /^<Function/);
  });

  test(`${region}: requests beyond the limit are turned away before they cost anything`, () => {
    const { StageName, DefaultRouteSettings } = only(service(region), 'AWS::ApiGatewayV2::Stage');
    assert.equal(StageName, '$default');
    assert.deepEqual(DefaultRouteSettings, { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
  });

  test(`${region}: the access log holds no path, query or header`, () => {
    const { AccessLogSettings } = only(service(region), 'AWS::ApiGatewayV2::Stage');
    const variables = Object.values(JSON.parse(AccessLogSettings.Format));
    assert.ok(variables.includes('$context.status') && variables.includes('$context.requestId'));
    for (const each of variables) assert.doesNotMatch(String(each), /path|query|header|authorizer/i);
    assert.equal(only(service(region), 'AWS::Logs::LogGroup', 'AccessLogs')['RetentionInDays'], 30);
  });

  test(`${region}: there is no login unless one is asked for`, () => {
    service(region).resourceCountIs('AWS::Cognito::UserPool', 0);
    service(region).resourceCountIs('AWS::ApiGatewayV2::Authorizer', 0);
    assert.equal(only(service(region), 'AWS::ApiGatewayV2::Route')['AuthorizationType'], 'NONE');
  });

  test(`${region}: with Cognito the API demands a token of the region's own pool, but for updates`, () => {
    const template = cognito.service(region);
    const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => [
      Properties.RouteKey,
      Properties.AuthorizationType,
    ]);
    assert.deepEqual(routes.sort(), [
      ['ANY /v1/{proxy+}', 'JWT'],
      ['GET /v1/updates/{proxy+}', 'NONE'],
      ['HEAD /v1/updates/{proxy+}', 'NONE'],
    ]);
    const { JwtConfiguration } = only(template, 'AWS::ApiGatewayV2::Authorizer');
    const { Variables } = only(template, 'AWS::Lambda::Function')['Environment'];
    assert.match(plain(JwtConfiguration.Issuer), new RegExp(`^https://cognito-idp\\.${region}\\.amazonaws\\.com/<Users`));
    assert.deepEqual(JwtConfiguration.Issuer, Variables.FIELDBOOK_OIDC_ISSUER);
    assert.deepEqual(JwtConfiguration.Audience, [Variables.FIELDBOOK_OIDC_AUDIENCE]);
    template.hasResource('AWS::Cognito::UserPool', {
      DeletionPolicy: 'Retain',
      Properties: Match.objectLike({
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        MfaConfiguration: 'OPTIONAL',
        EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
        Policies: { PasswordPolicy: Match.objectLike({ MinimumLength: 14, RequireSymbols: true }) },
      }),
    });
    template.hasResourceProperties('AWS::Cognito::UserPoolClient', { GenerateSecret: false, PreventUserExistenceErrors: 'ENABLED' });
  });
}

test('a provider of one\'s own takes the place of Cognito', () => {
  const own = synth({ issuer: 'https://login.example.org', audience: 'fieldbook' }).service('eu-west-1');
  own.resourceCountIs('AWS::Cognito::UserPool', 0);
  const { JwtConfiguration } = only(own, 'AWS::ApiGatewayV2::Authorizer');
  assert.deepEqual(JwtConfiguration, { Audience: ['fieldbook'], Issuer: 'https://login.example.org' });
  const { Variables } = only(own, 'AWS::Lambda::Function')['Environment'];
  assert.equal(Variables.FIELDBOOK_OIDC_ISSUER, 'https://login.example.org');
  assert.equal(Variables.FIELDBOOK_OIDC_AUDIENCE, 'fieldbook');
});

test('with a domain each region has its own name, and no other door', () => {
  const named = synth({ domain: 'sync.example.org', zoneId: 'Z0123456789', zoneName: 'example.org' });
  for (const region of regions) {
    const template = named.service(region);
    template.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: true });
    template.hasResourceProperties('AWS::ApiGatewayV2::DomainName', {
      DomainName: `${region}.sync.example.org`,
      DomainNameConfigurations: [Match.objectLike({ SecurityPolicy: 'TLS_1_2' })],
    });
    template.hasResourceProperties('AWS::Route53::RecordSet', { Name: `${region}.sync.example.org.`, Type: 'A', HostedZoneId: 'Z0123456789' });
    template.hasOutput('Url', { Value: Match.anyValue() });
  }
});
