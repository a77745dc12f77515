import { Token } from 'aws-cdk-lib';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { regions } from '../lib/names.ts';
import { synth } from './synth.ts';

const { app, places } = synth();

test('both regions have a store and a service, in any account', () => {
  assert.deepEqual(Object.keys(places).sort(), [...regions].sort());
  for (const region of regions) {
    for (const stack of [places[region].store, places[region].service!]) {
      assert.equal(stack.region, region);
      assert.ok(Token.isUnresolved(stack.account));
    }
  }
});

test('nothing is looked up in AWS', () => {
  assert.deepEqual(app.synth().manifest.missing ?? [], []);
});

test('a service comes after the stores of both regions, and a store after nothing', () => {
  const stores = regions.map((region) => places[region].store.stackName).sort();
  for (const region of regions) {
    assert.deepEqual(places[region].service!.dependencies.map((each) => each.stackName).sort(), stores);
    assert.deepEqual(places[region].store.dependencies, []);
    assert.equal(places[region].store.terminationProtection, true);
  }
});
