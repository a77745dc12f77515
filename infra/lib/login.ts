import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccountRecovery, Mfa, UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { accept } from './nag.ts';
import type { Login } from './settings.ts';

/**
 * A user pool of the region's own, so that a login works while the other region
 * is lost. Only an administrator adds people. It is kept when the stack goes.
 */
export function cognito(scope: Construct): Login {
  const pool = new UserPool(scope, 'Users', {
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    mfa: Mfa.OPTIONAL,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: {
      minLength: 14,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  accept(pool, 'AwsSolutions-COG2', 'The login is a second proof beside the key of the device; people may add a third (TOTP).');
  accept(pool, 'AwsSolutions-COG8', 'Threat protection is paid for by the user; the API also demands the signature of an admitted device.');
  const client = pool.addClient('Laptops', {
    // A program on a laptop cannot keep a secret.
    generateSecret: false,
    authFlows: { userSrp: true },
    disableOAuth: true,
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    idTokenValidity: Duration.hours(1),
    accessTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.days(30),
  });
  const issuer = `https://cognito-idp.${Stack.of(scope).region}.amazonaws.com/${pool.userPoolId}`;
  return { issuer, audience: client.userPoolClientId };
}
