import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Express } from 'express';
import { API_KEY, startTestGateway, type TestGateway } from '../../test/gateway';
import { CONTROLLERS } from '../controllers';
import { openApiDocument } from './openapi';
import { routesOf } from './route';

interface Operation {
  operationId: string;
  security?: unknown[];
  responses: Record<string, { content?: Record<string, unknown> }>;
}

const document = openApiDocument(routesOf(CONTROLLERS));
const operations = Object.entries(document.paths ?? {}).flatMap(([at, methods]) =>
  Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({ name: `${method} ${at}`, operation })),
);

/** Every `$ref` below a value. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = '$ref' in value && typeof value.$ref === 'string' ? [value.$ref] : [];
  return [...own, ...Object.values(value).flatMap(references)];
}

describe('the OpenAPI document', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  it('names the routes that the router has, and no others', () => {
    const express = gateway.app.getHttpAdapter().getInstance() as Express;
    const routed = express.router.stack.flatMap(({ route }) =>
      route ? route.stack.map(({ method }) => `${method} ${route.path.replace(/:(\w+)/g, '{$1}')}`) : [],
    );
    expect(routed.length).toBeGreaterThan(30);
    expect([...new Set(routed)].sort()).toEqual(operations.map(({ name }) => name).sort());
  });

  it('gives every operation a name of its own', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('holds everything that it refers to', () => {
    const schemas = Object.keys(document.components?.schemas ?? {});
    const missing = references(document).filter((reference) => !schemas.includes(reference.replace('#/components/schemas/', '')));
    expect(missing).toEqual([]);
  });

  it('leaves only health and documentation open to anybody', () => {
    const open = operations.filter(({ operation }) => operation.security?.length === 0).map(({ name }) => name);
    expect(open.filter((name) => !/^get \/(health|docs|problems|openapi\.json)/.test(name))).toEqual([]);
  });

  it('answers every refusal as a problem', () => {
    for (const { name, operation } of operations) {
      for (const [status, { content }] of Object.entries(operation.responses)) {
        if (Number(status) < 400 || name === 'get /health/ready') continue;
        expect([name, status, Object.keys(content ?? {})]).toEqual([name, status, ['application/problem+json']]);
      }
    }
  });

  it('is the one that is kept in docs/', () => {
    const kept = readFileSync(path.resolve(__dirname, '../../../../docs/openapi.json'), 'utf8');
    expect(JSON.parse(kept)).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('says so when a route closes its door without a key', async () => {
    expect(API_KEY).toHaveLength(47);
    for (const { name, operation } of operations) {
      if (operation.security?.length === 0) continue;
      const [method, at] = name.split(' ') as [string, string];
      const answer = await fetch(`${await gateway.app.getUrl()}${at.replace(/\{\w+\}/g, '1')}`, { method });
      expect([name, answer.status]).toEqual([name, 401]);
      await answer.arrayBuffer();
    }
  });
});
