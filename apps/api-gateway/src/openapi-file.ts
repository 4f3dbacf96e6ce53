import 'reflect-metadata';
import { CONTROLLERS } from './controllers';
import { openApiDocument } from './shared/openapi';
import { routesOf } from './shared/route';

// Prints the OpenAPI document as docs/openapi.json keeps it. Needs no server and no configuration.
process.stdout.write(`${JSON.stringify(openApiDocument(routesOf(CONTROLLERS)), null, 2)}\n`);
