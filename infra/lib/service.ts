/** What serves a region: the function, the API before it and the alarms on both. */

import { CfnOutput, CfnParameter, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { api } from './api.ts';
import { budget } from './budget.ts';
import { sync } from './function.ts';
import { cognito } from './login.ts';
import { home, type Region } from './names.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store.ts';
import { topic, watch } from './watch.ts';

export interface ServiceProps {
  readonly region: Region;
  readonly settings: Settings;
  /** The region's own store. */
  readonly store: Store;
}

/** One region's service. It keeps no state: it can be removed and deployed again at will. */
export class Service extends Stack {
  constructor(scope: Construct, id: string, { region, settings, store }: ServiceProps) {
    super(scope, id, { env: { region }, description: `Fieldbook: sync service in ${region}` });

    // A parameter and not context: no file of the project ever holds it, and a
    // later deployment keeps the value of the one before.
    const config = new CfnParameter(this, 'Config', {
      description: 'Base64 of the configuration, encrypted with this region\'s alias/fieldbook-config',
      allowedPattern: '^[A-Za-z0-9+/]{100,}={0,2}$',
      constraintDescription: 'must be the CiphertextBlob that aws kms encrypt printed',
      noEcho: true,
    });
    const login = settings.cognito ? cognito(this) : settings.login;
    const fn = sync(this, { region, settings, config: config.valueAsString, store, login });
    const served = api(this, { region, settings, fn, login });
    const alarms = topic(this, settings.email);
    watch(this, { region, settings, fn, api: served.api, topic: alarms });
    if (region === home) budget(this, settings.budget, alarms);

    new CfnOutput(this, 'Url', { value: served.url, description: 'for fieldbook remote add' });
    if (login !== undefined) {
      new CfnOutput(this, 'Issuer', { value: login.issuer });
      new CfnOutput(this, 'Audience', { value: login.audience });
    }
  }
}
