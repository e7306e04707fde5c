import { writeFileSync } from 'node:fs';
import { TEMPLATES_PATH, templatesCode } from '../reports/html/templates.ts';
import { CONTRACT_SCHEMA } from './contract/read-contract.ts';
import { WAIVERS_SCHEMA } from './diff/waivers/read-waivers.ts';
import { PROJECT_SCHEMA } from './project/load-project.ts';
import { codePath, validatorCode } from './yaml/validator.ts';

// The last step of the build: the validators of all schemas and the templates of reports as code.
for (const source of [CONTRACT_SCHEMA, PROJECT_SCHEMA, WAIVERS_SCHEMA]) {
  writeFileSync(codePath(source.name), validatorCode(source));
}
writeFileSync(TEMPLATES_PATH, templatesCode());
