import { Validations, type App } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { define, synth } from './synth.ts';

const everything = {
  cognito: true,
  tracing: true,
  email: 'ot@example.org',
  gigabytes: 100,
  concurrency: 20,
  domain: 'sync.example.org',
  zoneId: 'Z0000000000000',
  zoneName: 'example.org',
};

test('cdk-nag finds nothing that is not accepted, whatever is chosen', () => {
  synth();
  synth(everything);
  synth({ phase: 1 });
});

test('what cdk-nag finds stops the synthesis', () => {
  const { app, places } = define();
  new Bucket(places['us-east-1'].store, 'Open');
  const printed = console.error;
  console.error = () => undefined;
  try {
    assert.throws(() => app.synth(), /[Vv]alidation failed/);
  } finally {
    console.error = printed;
  }
});

test('each accepted finding has a reason, and is still found without the acceptance', (t) => {
  for (const context of [{}, everything]) {
    const accepted = new Set<string>();
    const acknowledge = t.mock.method(Validations.prototype, 'acknowledge', function (this: any, rule: { id: string; reason: string }) {
      assert.ok(rule.reason.length > 40 && rule.reason.endsWith('.'), `${rule.id}: ${rule.reason}`);
      accepted.add(`${this.scope.node.path} ${rule.id}`);
    });
    const { app } = define(context);
    acknowledge.mock.restore();
    assert.deepEqual([...accepted].sort(), covering(accepted, app));
  }
});

/** The acceptances that cover what cdk-nag finds when none is made known to it. */
function covering(accepted: Set<string>, app: App): string[] {
  const covers = new Set<string>();
  for (const { ruleName, violatingResources } of new AwsSolutionsChecks(app).validateScope(app).violations) {
    for (const { constructPath = '' } of violatingResources) {
      const found = [...accepted].find((each) => each.endsWith(` ${ruleName}`) && constructPath.startsWith(each.slice(0, each.indexOf(' '))));
      assert.ok(found, `${constructPath} ${ruleName} is not accepted`);
      covers.add(found);
    }
  }
  return [...covers].sort();
}
