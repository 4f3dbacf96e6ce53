import { createHash } from 'node:crypto';
import { factorSetBody, mappingSpec } from '#contracts';
import { validateFactorSet } from '#ghg';
import { gases } from '../../test/catalogue/read-catalogue';
import { demoCompany } from '.';
import { decimalText, Draw, withDecimalComma } from './draw';

const company = demoCompany();
const digest = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

/** The lines of data; latin1 reads any bytes, and only whether lines are the same matters here. */
function linesOf(content: string | Buffer): string[] {
  return content.toString('latin1').trimEnd().split('\n').slice(1);
}

describe('the demo company', () => {
  it('is the same every time', () => {
    expect(demoCompany().files.map(({ content }) => digest(content))).toEqual(company.files.map(({ content }) => digest(content)));
  });

  it('says that it is invented wherever it has a name', () => {
    for (const name of [company.tenantName, ...company.entities.map((entity) => entity.name)]) expect(name).toContain('(invented');
    for (const set of company.factorSets) expect(set).toMatchObject({ invented: true, licence: 'invented' });
  });

  it('has ten entities in five countries, and holdings among them only', () => {
    const codes = company.entities.map(({ code }) => code);
    expect(new Set(codes).size).toBe(10);
    expect(new Set(company.entities.map(({ country }) => country)).size).toBe(5);
    for (const { entity, holder } of company.holdings) expect([codes.includes(entity), codes.includes(holder)]).toEqual([true, true]);
  });

  it.each(company.factorSets.map((set) => [set.edition, set] as const))('uploads a factor set that can be used: %s', (_, set) => {
    expect(factorSetBody.safeParse(set).success).toBe(true);
    expect(validateFactorSet(set, gases)).toEqual([]);
  });

  it.each(Object.entries(company.mappings))('has a well-formed mapping %s', (_, spec) => {
    expect(mappingSpec.safeParse(spec).error?.issues ?? []).toEqual([]);
  });

  it('has a mapping for every file, and a file for every mapping', () => {
    expect([...new Set(company.files.map(({ mapping }) => mapping))].sort()).toEqual(Object.keys(company.mappings).sort());
  });

  it('has some 18,000 lines (a wide line is several records), some of them twice', () => {
    const lines = company.files.flatMap(({ content }) => linesOf(content));
    expect(lines.length).toBeGreaterThan(16_000);
    expect(lines.length).toBeLessThan(24_000);
    const repeated = lines.length - new Set(lines).size;
    expect(repeated).toBeGreaterThan(100);
  });

  it('never gives one tag two types', () => {
    const types = new Map<string, string>();
    for (const { tags = [] } of Object.values(company.mappings))
      for (const { tag, type } of tags) expect(types.get(tag) ?? type).toBe(types.set(tag, type).get(tag));
  });
});

describe('decimal text without fractions', () => {
  it.each([
    [12345, 2, '123.45'],
    [5, 3, '0.005'],
    [-1250, 2, '-12.50'],
    [7, 0, '7'],
  ])('%i with %i decimals is %s', (count, decimals, text) => expect(decimalText(count, decimals)).toBe(text));

  it.each([
    ['1234567.5', '1.234.567,5'],
    ['-1234.5', '-1.234,5'],
    ['12', '12'],
  ])('%s is written %s', (plain, comma) => expect(withDecimalComma(plain)).toBe(comma));

  it('draws the same from the same seed', () => {
    const row = (draw: Draw) => Array.from({ length: 20 }, () => draw.int(0, 1_000_000));
    expect(row(new Draw(7))).toEqual(row(new Draw(7)));
    expect(row(new Draw(7))).not.toEqual(row(new Draw(8)));
  });
});
