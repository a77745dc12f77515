/** Synthesises the app as `cdk synth` would, in a folder of its own and with a stand-in for the function's code. */

import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fieldbook, type Place } from '../lib/fieldbook.ts';
import type { Region } from '../lib/names.ts';
import { settings } from '../lib/settings.ts';

export interface Synth {
  readonly app: App;
  readonly places: Record<Region, Place>;
  /** The template of a region's store. */
  readonly store: (region: Region) => Template;
  /** The template of a region's service. */
  readonly service: (region: Region) => Template;
}

const folder = mkdtempSync(join(tmpdir(), 'fieldbook-infra-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const zip = join(folder, 'synclambda.zip');
writeFileSync(zip, 'stands in for the code: synthesis only hashes it');

/** The app before synthesis, with the flags of cdk.json and the given settings. */
export function define(context: Record<string, unknown> = {}): Pick<Synth, 'app' | 'places'> {
  const { context: flags } = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8'));
  const app = new App({ context: { ...flags, zip, ...context }, outdir: mkdtempSync(join(folder, 'out-')) });
  return { app, places: fieldbook(app, settings(app.node)) };
}

/** The app after synthesis. It throws if a check that runs with the synthesis finds anything. */
export function synth(context: Record<string, unknown> = {}): Synth {
  const { app, places } = define(context);
  app.synth();
  const template = (stack: Stack | undefined): Template => {
    if (stack === undefined) throw new Error('there is no such stack in this phase');
    return Template.fromStack(stack);
  };
  return { app, places, store: (region) => template(places[region].store), service: (region) => template(places[region].service) };
}

/** The properties of the only resource of a type, or of the one whose id begins as given. */
export function only(template: Template, type: string, id = ''): Record<string, any> {
  const found = Object.entries(template.findResources(type)).filter(([name]) => name.startsWith(id));
  if (found.length !== 1) throw new Error(`${found.length} resources ${type} ${id}`);
  return found[0]![1]['Properties'];
}

/** A template's value as text, with what AWS fills in spelled `<Name>`. */
export function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  const object = value as Record<string, any>;
  if ('Ref' in object) return `<${object['Ref']}>`;
  if ('Fn::GetAtt' in object) return `<${object['Fn::GetAtt'].join('.')}>`;
  if ('Fn::Join' in object) return object['Fn::Join'][1].map(plain).join(object['Fn::Join'][0]);
  return JSON.stringify(value);
}

export interface Statement {
  readonly effect: string;
  readonly actions: string[];
  readonly resources: string[];
  readonly principal: any;
  readonly condition: any;
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(plain);

/** The statements of a policy document. */
export function statements(document: any): Statement[] {
  return document.Statement.map((each: any) => ({
    effect: each.Effect,
    actions: list(each.Action),
    resources: list(each.Resource),
    principal: each.Principal,
    condition: each.Condition,
  }));
}

/** Every statement of the policies inside a role. */
export const rights = (role: Record<string, any>): Statement[] =>
  role['Policies'].flatMap((policy: any) => statements(policy.PolicyDocument));
