/**
 * What an operator may choose. Settings come from CDK context: `-c name=value`,
 * or `cdk.context.json` beside `cdk.json`. docs/deploy/aws.md explains each.
 */

import type { Node } from 'constructs';

/** A login that the service demands beside the signature of the device. */
export interface Login {
  readonly issuer: string;
  readonly audience: string;
}

/** A name of one's own for the service; each region answers to `<region>.<name>`. */
export interface Domain {
  readonly name: string;
  readonly zoneId: string;
  readonly zoneName: string;
}

export interface Settings {
  /** 1: buckets and keys alone. 2: with replication, and the service on top. */
  readonly phase: 1 | 2;
  /** The function's code, as `make lambda` builds it. */
  readonly zip: string;
  /** Memory of the function in MB; its share of a processor grows with it. */
  readonly memory: number;
  /** Executions at one time set apart for the function. Absent: the account's common pool. */
  readonly concurrency?: number;
  /** Requests per second that the API lets through on average, and at once. */
  readonly rate: number;
  readonly burst: number;
  /** Per-workspace limits as JSON, handed to the function as they are. */
  readonly limits?: string;
  /** Whether requests are traced with X-Ray. */
  readonly tracing: boolean;
  /** Who is told of alarms and of the budget. */
  readonly email?: string;
  /** Dollars a month, at 80 % and at the forecast 100 % of which the budget tells. */
  readonly budget: number;
  /** Size of a data bucket in GB above which an alarm tells. */
  readonly gigabytes?: number;
  /** Whether each region gets a Cognito user pool whose token the API demands. */
  readonly cognito: boolean;
  /** An OIDC provider of one's own instead of Cognito. */
  readonly login?: Login;
  readonly domain?: Domain;
  /** ARN of who may take on the release role. Absent: whom the account's administrators allow. */
  readonly release?: string;
}

/** Reads the settings and refuses what would only fail in the middle of a deployment. */
export function settings(node: Node): Settings {
  const text = (name: string): string | undefined => {
    const value: unknown = node.tryGetContext(name);
    if (value === undefined || value === '') return undefined;
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  const flag = (name: string): boolean => {
    const value = text(name) ?? 'false';
    if (value !== 'true' && value !== 'false') throw new Error(`${name} is ${value}: say true or false`);
    return value === 'true';
  };
  const number = (name: string, min: number, max: number): number | undefined => {
    const value = text(name);
    if (value === undefined) return undefined;
    const n = Number(value);
    if (!Number.isInteger(n) || n < min || n > max) throw new Error(`${name} is ${value}: give a whole number from ${min} to ${max}`);
    return n;
  };
  return {
    phase: number('phase', 1, 2) === 1 ? 1 : 2,
    zip: text('zip') ?? '../bin/synclambda.zip',
    memory: number('memory', 128, 10_240) ?? 512,
    rate: number('rate', 1, 10_000) ?? 50,
    burst: number('burst', 1, 5_000) ?? 100,
    tracing: flag('tracing'),
    budget: number('budget', 1, 1_000_000) ?? 25,
    cognito: flag('cognito'),
    ...some('concurrency', number('concurrency', 1, 10_000)),
    ...some('gigabytes', number('gigabytes', 1, 1_000_000)),
    ...some('email', text('email')),
    ...some('release', text('release')),
    ...some('limits', object('limits', text('limits'))),
    ...some('login', login(text('issuer'), text('audience'), flag('cognito'))),
    ...some('domain', domain(text('domain'), text('zoneId'), text('zoneName'))),
  };
}

/** A property that is absent rather than undefined. */
function some<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}

function object(name: string, value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    parsed = undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Error(`${name} must be a JSON object`);
  return JSON.stringify(parsed);
}

function login(issuer: string | undefined, audience: string | undefined, cognito: boolean): Login | undefined {
  if (issuer === undefined && audience === undefined) return undefined;
  if (issuer === undefined || audience === undefined) throw new Error('issuer and audience belong together: give both or neither');
  if (!issuer.startsWith('https://')) throw new Error('issuer must begin with https://');
  if (cognito) throw new Error('give either cognito or issuer and audience, not both');
  return { issuer, audience };
}

function domain(name: string | undefined, zoneId: string | undefined, zoneName: string | undefined): Domain | undefined {
  if (name === undefined && zoneId === undefined && zoneName === undefined) return undefined;
  if (name === undefined || zoneId === undefined || zoneName === undefined) {
    throw new Error('domain, zoneId and zoneName belong together: give all or none');
  }
  if (name !== zoneName && !name.endsWith(`.${zoneName}`)) throw new Error(`domain ${name} is not in the zone ${zoneName}`);
  return { name, zoneId, zoneName };
}
