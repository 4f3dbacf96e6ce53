import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ACTIVITY_TYPES, REFUSALS } from '#ghg';

// Real: the pages in docs/methodology, the sources of the kernel, the golden files. A page that names what is no more is worse than none.

const ROOT = path.join(__dirname, '..');
const KERNEL = path.join(ROOT, 'libs/ghg/src');
const PAGES = path.join(ROOT, 'docs/methodology');
const GOLDEN = path.join(__dirname, 'golden');

type Row = Readonly<Record<string, string>>;

const files = readdirSync(PAGES).filter((name) => name.endsWith('.md') && name !== 'README.md');
const textOf = (page: string): string => readFileSync(path.join(PAGES, page), 'utf8');

/** The rows of all tables of a page that have this column, by the names of their columns. */
function rowsWith(column: string, page: string): Row[] {
  const rows: Row[] = [];
  let names: string[] | null = null;
  for (const line of textOf(page).split('\n')) {
    if (!line.startsWith('|')) {
      names = null;
      continue;
    }
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (!names) names = cells;
    else if (names.includes(column) && !/^-+$/.test(cells[0] ?? '')) rows.push(asRow(names, cells));
  }
  return rows;
}

/** A cell too many or too few would put every later one under another name. */
function asRow(names: readonly string[], cells: readonly string[]): Row {
  expect({ line: cells.join(' | '), cells: cells.length }).toEqual({ line: cells.join(' | '), cells: names.length });
  return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
}

/** What stands in backticks: `fuel.{diesel,petrol}` is two. */
function quoted(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].flatMap(([, token = '']) => {
    const [, head = '', list, tail = ''] = /^(.*)\{(.*)\}(.*)$/.exec(token) ?? [];
    return list === undefined ? [token] : list.split(',').map((part) => `${head}${part}${tail}`);
  });
}

/** Whether a source file of the kernel exports this name. */
function isExported(name: string, file: string): boolean {
  return new RegExp(`^export (?:const|function|class) ${name}\\b`, 'm').test(readFileSync(path.join(KERNEL, file), 'utf8'));
}

const goldenIds = new Set(
  readdirSync(GOLDEN)
    .filter((name) => name.endsWith('.golden.txt'))
    .flatMap((name) => [...readFileSync(path.join(GOLDEN, name), 'utf8').matchAll(/^case: (\S+)$/gm)].map(([, id]) => id)),
);
const typeIds: readonly string[] = ACTIVITY_TYPES.map(({ id }) => id);

describe.each(files)('docs/methodology/%s', (page) => {
  it('stands in the entrance, and has rules, refusals and what is not covered', () => {
    expect(textOf('README.md')).toContain(`](${page})`);
    const headings = [...textOf(page).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Rules', 'Refusals', 'Not covered']);
    expect(rowsWith('function', page)).not.toHaveLength(0);
    expect(rowsWith('refusal', page)).not.toHaveLength(0);
  });

  it('names functions that the named files export', () => {
    for (const { function: cell = '' } of rowsWith('function', page)) {
      const tokens = quoted(cell);
      const sources = tokens.filter((token) => token.endsWith('.ts'));
      expect({ cell, sources: sources.length > 0 }).toEqual({ cell, sources: true });
      expect(sources.filter((file) => !existsSync(path.join(KERNEL, file)))).toEqual([]);
      const names = tokens.filter((token) => !token.endsWith('.ts'));
      expect(names.filter((name) => !sources.some((file) => isExported(name, file)))).toEqual([]);
    }
  });

  it('is shown by golden cases and specifications that are there', () => {
    for (const { 'shown by': cell = '' } of rowsWith('shown by', page)) {
      const tokens = quoted(cell);
      expect({ cell, shown: tokens.length > 0 }).toEqual({ cell, shown: true });
      const isThere = (token: string): boolean =>
        token.endsWith('spec.ts') ? [KERNEL, ROOT].some((folder) => existsSync(path.join(folder, token))) : goldenIds.has(token);
      expect(tokens.filter((token) => !isThere(token))).toEqual([]);
    }
  });

  it('names activity types and refusals of the closed lists', () => {
    const types = rowsWith('activity types', page).flatMap((row) => quoted(row['activity types'] ?? ''));
    expect(types.filter((type) => !typeIds.includes(type))).toEqual([]);
    const refusals = rowsWith('refusal', page).flatMap(({ refusal = '' }) => quoted(refusal));
    expect(refusals.filter((refusal) => !(refusal in REFUSALS))).toEqual([]);
  });

  it('leads to pages that are there', () => {
    const links = [...textOf(page).matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(path.join(PAGES, link)))).toEqual([]);
  });
});

describe('the pages together', () => {
  it('say of every refusal when it comes', () => {
    const named = files.flatMap((page) => rowsWith('refusal', page)).flatMap(({ refusal = '' }) => quoted(refusal));
    expect(Object.keys(REFUSALS).filter((refusal) => !named.includes(refusal))).toEqual([]);
  });

  it('have every activity type', () => {
    const named = files.flatMap((page) => quoted(textOf(page)));
    expect(typeIds.filter((type) => !named.includes(type))).toEqual([]);
  });

  it('use every golden case', () => {
    const named = files.flatMap((page) => rowsWith('shown by', page)).flatMap((row) => quoted(row['shown by'] ?? ''));
    expect([...goldenIds].filter((id) => id === undefined || !named.includes(id))).toEqual([]);
  });
});
