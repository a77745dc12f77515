/** The CDK app that `cdk.json` names. */

import { App } from 'aws-cdk-lib';
import { fieldbook } from './lib/fieldbook.ts';
import { settings } from './lib/settings.ts';

const app = new App();
fieldbook(app, settings(app.node));
