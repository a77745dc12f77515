/** The service as a whole: two regions, each a store and a service on it. */

import { Tags, Validations, type App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { regions, type Region } from './names.ts';
import { Service } from './service.ts';
import type { Settings } from './settings.ts';
import { Store } from './store.ts';

/** The stacks of one region; there is a service from phase 2 on. */
export interface Place {
  readonly store: Store;
  readonly service?: Service;
}

/**
 * Adds all stacks to an app. Their order is part of the definition: in phase 2
 * a service comes after the stores of both regions, so that nothing is ever
 * served from a region whose data is not copied.
 */
export function fieldbook(app: App, settings: Settings): Record<Region, Place> {
  Tags.of(app).add('project', 'fieldbook');
  // At every synthesis, so that what is deployed has passed, not only what is tested.
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
  const stores = regions.map((region) => new Store(app, `Fieldbook-Store-${region}`, { region, settings }));
  const places = regions.map((region, i): [Region, Place] => {
    const store = stores[i]!;
    if (settings.phase === 1) return [region, { store }];
    const service = new Service(app, `Fieldbook-Service-${region}`, { region, settings, store });
    for (const each of stores) service.addStackDependency(each);
    return [region, { store, service }];
  });
  return Object.fromEntries(places) as Record<Region, Place>;
}
