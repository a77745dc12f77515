import { App } from 'aws-cdk-lib';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settings } from '../lib/settings.ts';

const read = (context: Record<string, unknown>) => settings(new App({ context }).node);

test('without settings both phases are synthesised, small and open to any device that signs', () => {
  assert.deepEqual(read({}), {
    phase: 2,
    zip: '../bin/synclambda.zip',
    memory: 512,
    rate: 50,
    burst: 100,
    tracing: false,
    budget: 25,
    cognito: false,
  });
});

test('a setting means the same from a file and from the command line', () => {
  assert.deepEqual(read({ memory: 1024, cognito: true, limits: { devices: 5 } }), read({ memory: '1024', cognito: 'true', limits: '{"devices":5}' }));
});

for (const [context, message] of [
  [{ phase: 3 }, /phase is 3: give a whole number from 1 to 2/],
  [{ memory: 'much' }, /memory is much/],
  [{ concurrency: 0 }, /concurrency is 0/],
  [{ cognito: 'yes' }, /cognito is yes: say true or false/],
  [{ issuer: 'https://login.example.org' }, /issuer and audience belong together/],
  [{ issuer: 'http://login.example.org', audience: 'a' }, /issuer must begin with https/],
  [{ issuer: 'https://login.example.org', audience: 'a', cognito: true }, /not both/],
  [{ domain: 'sync.example.org' }, /domain, zoneId and zoneName belong together/],
  [{ domain: 'sync.example.com', zoneId: 'Z1', zoneName: 'example.org' }, /is not in the zone example.org/],
  [{ limits: '[1]' }, /limits must be a JSON object/],
  [{ limits: '{' }, /limits must be a JSON object/],
] as const) {
  test(`refuses ${JSON.stringify(context)}`, () => assert.throws(() => read(context), message));
}
