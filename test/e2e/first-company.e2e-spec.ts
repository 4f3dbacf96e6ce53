import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Decimal } from '#ghg';
import { succeeded, TestTenant } from '../support/api';
import { startServices, type RunningServices } from '../support/services';

// docs/first-company.md, request by request through the public API, and what it says is answered. Nothing is faked.

const PAGE = readFileSync(path.resolve(__dirname, '../../docs/first-company.md'), 'utf8');

interface Step {
  readonly kind: 'http' | 'csv';
  readonly request: string;
  readonly body: string;
  /** What the page says is in the answer. */
  readonly answer: object | null;
}

const STEPS: readonly Step[] = [...PAGE.matchAll(/```(http|csv)\n(.+)\n([^`]*)```(?:\nanswers\n```json\n([^`]*)```)?/g)].map(
  ([, kind, request = '', body = '', answer]) => ({
    kind: kind as Step['kind'],
    request,
    body,
    answer: answer === undefined ? null : (JSON.parse(answer) as object),
  }),
);

describe('a first company', () => {
  let services: RunningServices;
  let company: TestTenant;
  beforeAll(async () => {
    services = await startServices('first-company');
    company = await TestTenant.create(services, 'Alder plc');
  }, 180_000);
  afterAll(() => services?.stop());

  it('is told in requests', () => expect(STEPS.length).toBeGreaterThan(20));

  // One after the other: each request stands on those before it.
  it.each(STEPS.map((step, i) => [`${i + 1}. ${step.request}`, step] as const))('%s', async (_name, step) => {
    const answer = await send(company, step);
    if (step.answer) expect(answer).toMatchObject(step.answer);
    if (step.request.startsWith('GET /v1/bridges')) expectToAddUp(answer as Bridge);
  });
});

async function send(company: TestTenant, { kind, request, body }: Step): Promise<unknown> {
  const [method = '', url = ''] = request.split(' ');
  if (kind === 'csv') {
    const query = new URL(url, 'http://localhost').searchParams;
    const done = await company.import(query.get('mapping') ?? '', query.get('fileName') ?? '', body);
    expect(done).toMatchObject({ status: 'finished', refused: 0 });
    return done;
  }
  if (request === 'POST /v1/runs') return company.calculate();
  if (method === 'GET') return (await company.get(url).expect(succeeded)).body as unknown;
  const sent = JSON.parse(body) as object;
  return (await (method === 'PUT' ? company.put(url, sent) : company.post(url, sent)).expect(succeeded)).body as unknown;
}

interface Bridge {
  readonly from: string;
  readonly to: string;
  readonly causes: Readonly<Record<string, string>>;
}

function expectToAddUp({ from, to, causes }: Bridge): void {
  expect(
    Object.values(causes)
      .reduce((sum, tco2e) => sum.add(tco2e), new Decimal(from))
      .toFixed(),
  ).toBe(to);
}
