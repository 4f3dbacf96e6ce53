import { isProblemCode, PROBLEMS, Refused, type ProblemCode } from './problems';

describe('what can be refused', () => {
  const codes = Object.keys(PROBLEMS) as ProblemCode[];

  it.each(codes)('%s has a status of a refusal and a title that is a sentence', (code) => {
    const [status, title] = PROBLEMS[code];
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(title).toMatch(/^[A-Z].*\.$/);
  });

  it('has no two titles alike: each says what is the matter', () => {
    expect(new Set(Object.values(PROBLEMS).map(([, title]) => title)).size).toBe(codes.length);
  });

  it('is thrown with its title when nothing more is to be said, and without places', () => {
    const refused = new Refused('run_unknown');
    expect(refused).toMatchObject({ code: 'run_unknown', status: 404, detail: 'No run has this id.', places: [], name: 'Refused' });
    expect(refused).toBeInstanceOf(Error);
  });

  it('knows a code from what only looks like one', () => {
    expect(codes.every(isProblemCode)).toBe(true);
    for (const other of ['toString', '__proto__', 'constructor', '', 'RUN_UNKNOWN', 404, null, undefined, {}]) {
      expect(isProblemCode(other)).toBe(false);
    }
  });
});
