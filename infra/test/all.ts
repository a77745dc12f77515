/** Runs every test in one process: loading CDK takes longer than all of them. */

import './api.test.ts';
import './function.test.ts';
import './nag.test.ts';
import './regions.test.ts';
import './settings.test.ts';
import './store.test.ts';
import './watch.test.ts';

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

test('no test is left out here', () => {
  const list = readFileSync(new URL(import.meta.url), 'utf8');
  for (const name of readdirSync(new URL('.', import.meta.url))) {
    if (name.endsWith('.test.ts')) assert.ok(list.includes(`import './${name}';`), name);
  }
});
