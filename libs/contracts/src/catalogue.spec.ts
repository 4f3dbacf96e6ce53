import type { z } from 'zod';
import * as contracts from './index';
import type { Request, Work } from './message';

type AnyRequest = Request<z.ZodObject, z.ZodType>;
type AnyWork = Work<z.ZodObject>;

const isRequest = (value: unknown): value is AnyRequest =>
  typeof value === 'object' && value !== null && 'subject' in value && 'reply' in value;
const isWork = (value: unknown): value is AnyWork => typeof value === 'object' && value !== null && 'attemptsMax' in value;

const exported: unknown[] = [...Object.values(contracts), ...Object.values(contracts.pingWorker)];
const requests = exported.filter(isRequest);
const works = exported.filter(isWork);
const pings = new Set(Object.values(contracts.pingWorker).map(({ subject }) => subject));

/** A schema without the wrappers that change nothing of what it holds. */
const kindOf = (schema: z.core.$ZodType): string => schema._zod.def.type;

describe('the catalogue of messages', () => {
  it('is not empty', () => {
    expect(requests.length).toBeGreaterThan(20);
    expect(works.length).toBeGreaterThan(4);
  });

  it('has one message per subject, among requests and among work', () => {
    for (const messages of [requests, works]) {
      const subjects = messages.map(({ subject }) => subject);
      expect(subjects).toEqual([...new Set(subjects)]);
    }
  });

  it('names the owner first: every subject is `<service>.<verb>-<noun>`', () => {
    for (const { subject } of [...requests, ...works]) expect(subject).toMatch(/^(ingestion|calculation|reporting)\.[a-z]+(-[a-z]+)*$/);
  });

  it.each(requests.filter(({ subject }) => !pings.has(subject)).map((message) => [message.subject, message] as const))(
    '%s names its tenant, and refuses to go without',
    (_subject, { request }) => {
      expect(Object.keys(request.shape)).toContain('tenantId');
      const result = request.safeParse({ tenantId: undefined });
      expect(result.error?.issues.map(({ path }) => path.join('.'))).toContain('tenantId');
    },
  );

  it.each(works.map((message) => [message.subject, message] as const))(
    '%s carries ids and counts only',
    (_subject, { payload, attemptsMax }) => {
      expect(Object.keys(payload.shape)).toContain('tenantId');
      expect(attemptsMax).toBeGreaterThan(1);
      for (const [name, schema] of Object.entries(payload.shape)) {
        expect([name, kindOf(schema)]).toEqual([name, expect.stringMatching(/^(string|number)$/)]);
        if (kindOf(schema) === 'string') expect(name).toMatch(/Id$/);
      }
    },
  );

  it('bounds every page: no question asks for more than a message can carry', () => {
    const paged = requests.filter(({ request }) => 'limit' in request.shape);
    expect(paged.length).toBeGreaterThan(5);
    for (const { request } of paged) {
      const limit = request.shape['limit'] as z.ZodType;
      expect(limit.safeParse(undefined)).toEqual({ success: true, data: 100 });
      for (const wrong of [0, 1001, 1.5, '10']) expect(limit.safeParse(wrong).success).toBe(false);
    }
  });
});

describe('amounts and ids on the wire', () => {
  it.each(['0', '-1.5', '0.000000000000000001', '9'.repeat(46)])('takes %s as an exact decimal', (text) => {
    expect(contracts.decimalText.parse(text)).toBe(text);
  });

  it.each(['', '1e3', '.5', '1.', '+1', '1,5', ' 1', 'NaN', 'Infinity', '0x1', '1\n', 1])('refuses %j as an exact decimal', (text) => {
    expect(contracts.decimalText.safeParse(text).success).toBe(false);
  });

  it('takes an id above 2^53 as text, never as a number', () => {
    expect(contracts.bigId.parse('9007199254740993')).toBe('9007199254740993');
    for (const wrong of [1, '-1', '1.0', '', '1'.repeat(19)]) expect(contracts.bigId.safeParse(wrong).success).toBe(false);
  });

  it.each(['2024-02-29', '2023-12-31'])('takes the day %s', (day) => {
    expect(contracts.isoDate.safeParse(day).success).toBe(true);
  });

  it.each(['2023-02-29', '2023-13-01', '2023-1-1', '20230101', '2023-01-01T00:00:00Z'])('refuses the day %s', (day) => {
    expect(contracts.isoDate.safeParse(day).success).toBe(false);
  });
});
