import fc from 'fast-check';
import type { FileLine } from '../shared/cells';
import { LINE_CHARACTERS_MAX, splitLines } from './split-lines';

/** Splits a text that arrives in pieces of this many characters. */
async function split(text: string, piece = 3, delimiter = ','): Promise<FileLine[]> {
  const pieces = async function* (): AsyncGenerator<string> {
    for (let i = 0; i < text.length; i += piece) yield text.slice(i, i + piece);
  };
  const lines: FileLine[] = [];
  for await (const batch of splitLines(pieces(), delimiter)) lines.push(...batch);
  return lines;
}

describe('splitLines', () => {
  it('counts lines as a text editor does, where each record begins', async () => {
    expect(await split('a,b\r\n1,2\r\n"x\r\ny\nz",4\r\n\r\n5,6\n7,8\r9,10')).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['1', '2'] },
      { line: 3, fields: ['x\ny\nz', '4'] },
      { line: 7, fields: ['5', '6'] },
      { line: 8, fields: ['7', '8'] },
      { line: 9, fields: ['9', '10'] },
    ]);
  });

  it.each([
    ['blank lines', '\n'],
    ['lines of another width', 'x\n'],
  ])('is not kept busy by many %s', async (_what, line) => {
    const started = process.cpuUsage();
    const lines = await split(`a,b\n${line.repeat(200_000)}1,2\n`, 65_536);
    expect(lines.at(-1)).toEqual({ line: 200_002, fields: ['1', '2'] });
    // An error object per line took seven seconds; without it, it is well below one.
    expect(process.cpuUsage(started).user / 1e6).toBeLessThan(4);
  });

  it('names a line with stray quotes once, and goes on', async () => {
    expect(await split('1,2"3"4\n5,6\n"say ""hi""",\n')).toEqual([
      { line: 1, malformed: expect.stringContaining('quote') as string },
      { line: 2, fields: ['5', '6'] },
      { line: 3, fields: ['say "hi"', ''] },
    ]);
  });

  it.each([
    ['far too long', `${'x'.repeat(5_000_000)},2`, '5,6', 3],
    ['one character too long', `${'x'.repeat(LINE_CHARACTERS_MAX)},`, '"5",6', 3],
    ['nothing but delimiters', ','.repeat(LINE_CHARACTERS_MAX + 1), '5,6', 3],
    ['quoted behind what is cut off', `${'ü'.repeat(LINE_CHARACTERS_MAX)},"a\n,b"`, '5,6', 4],
    ['broken by a quote behind what is cut off', `${'ü'.repeat(LINE_CHARACTERS_MAX)}x,y"b`, '"5",6', 3],
  ])('names a line that is too long, and goes on: %s', async (_, long, next, nextLine) => {
    for (const piece of [70_001, 10_000_000])
      expect(await split(`a,b\n${long}\n${next}\n7,8`, piece)).toEqual([
        { line: 1, fields: ['a', 'b'] },
        { line: 2, malformed: expect.stringMatching(/longer than|quote/) as string },
        { line: nextLine, fields: ['5', '6'] },
        { line: nextLine + 1, fields: ['7', '8'] },
      ]);
  });

  it('takes a line of the greatest length', async () => {
    const lines = await split(`a,b\n${'x'.repeat(LINE_CHARACTERS_MAX - 2)},2\n`, 70_001);
    expect(lines.map((line) => ('fields' in line ? line.fields[1] : line.malformed))).toEqual(['b', '2']);
  });

  it.each([
    ['a quote that never closes', 'a,b\n1,2\n"3,4\n5,6\n', 3, 'after line 2'],
    ['a cell that goes on after its quote', 'a,b\n"x"y,2\n', 2, 'line 2'],
    ['an endless record', `a,b\n"${'x'.repeat(4_300_000)}`, 2, 'longer than'],
  ])('refuses %s', async (_, text, _line, detail) => {
    await expect(split(text, 50_000)).rejects.toMatchObject({
      code: 'file_not_of_stated_kind',
      detail: expect.stringContaining(detail) as string,
    });
  });

  it('gives back what was written, line ends apart, however it arrives', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ü', ' ', ';', '"', '\n', '\r\n', '\t'), maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, piece) => {
          const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(';')).join('\n');
          const lines = await split(text, piece, ';');
          expect(lines.map((line) => ('fields' in line ? line.fields : line))).toEqual(
            rows.map((row) => row.map((value) => value.replaceAll('\r\n', '\n'))),
          );
          let expected = 1;
          for (const [i, { line }] of lines.entries()) {
            expect(line).toBe(expected);
            expected += 1 + rows[i]!.reduce((count, value) => count + (value.match(/\r\n|\n/g)?.length ?? 0), 0);
          }
        },
      ),
    );
  });
});
