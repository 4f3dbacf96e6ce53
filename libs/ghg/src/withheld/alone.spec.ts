import type { Rate } from '../calculation/rate';
import { Probes, withoutAlone } from './alone';

const rate = (name: string | null, kgco2e: string): Rate =>
  ({ kgco2e, biogenicKgco2: '0', gases: [], notConvertible: null, factor: name === null ? null : { withheld: name } }) as unknown as Rate;

/** What is sold as `figures`: named sums of quantity × rate. */
type Sums = Readonly<Record<string, readonly (readonly [quantity: number, rate: Rate])[]>>;

const A = rate('a', '3.7');
const B = rate('b', '0.9');
const C = rate('c', '11');
const OPEN = rate(null, '5');

function shown(sums: Sums): Record<string, string | null> {
  const probes = new Probes([A, B, C, OPEN]);
  const reading = (power: 0 | 1 | 2) =>
    Object.fromEntries(
      Object.entries(sums).map(([name, terms]) => [
        name,
        terms
          .reduce((sum, [quantity, of]) => probes.of(of, power).mul(of.kgco2e).mul(quantity).add(sum), probes.of(OPEN, 0).sub(1))
          .toFixed(),
      ]),
    );
  return withoutAlone<Record<string, string | null>>([reading(0), reading(1), reading(2)], probes);
}

describe('what a reading shows of withheld figures', () => {
  it.each<[string, Sums, Record<string, string | null>]>([
    ['what may be shown', { line: [[2, OPEN]] }, { line: '10' }],
    ['one withheld figure alone', { line: [[2, A]] }, { line: null }],
    ['one beside what may be shown', { line: [[2, A], [3, OPEN]] }, { line: null }], // prettier-ignore
    ['one in two places is one', { line: [[2, A], [1, A]] }, { line: null }], // prettier-ignore
    ['two together', { line: [[2, A], [1, B]] }, { line: '8.3' }], // prettier-ignore
    ['two lines of one each, and their total', { one: [[2, A]], two: [[1, B]], total: [[2, A], [1, B]] }, { one: null, two: null, total: '8.3' }], // prettier-ignore
    [
      'a line that would leave one of the total',
      { one: [[2, A]], rest: [[4, A], [1, B]], total: [[6, A], [1, B]] }, // prettier-ignore
      { one: null, rest: null, total: '23.1' },
    ],
    ['a credit that cancels one', { line: [[2, A], [-2, A], [1, B], [1, C]] }, { line: '11.9' }], // prettier-ignore
    ['three of which one cancels', { line: [[2, A], [-2, A], [1, B]] }, { line: null }], // prettier-ignore
  ])('%s', (_what, sums, expected) => expect(shown(sums)).toEqual(expected));

  it('changes nothing where nothing is withheld', () => {
    const view = { tco2e: '1.5' };
    expect(withoutAlone([view, view, view], new Probes([OPEN]))).toBe(view);
  });

  it('hides what stands beside a hidden `tco2e` and moves with it, and what does not move stays', () => {
    const probes = new Probes([A]);
    const reading = (tco2e: string, share: string) => ({ lines: [{ line: 'scope1', tco2e, share, gsd: '1.1' }] });
    expect(withoutAlone([reading('2', '0.1'), reading('10', '0.3'), reading('50', '0.6')], probes)).toEqual({
      lines: [{ line: 'scope1', tco2e: null, share: null, gsd: '1.1' }],
    });
  });

  it('finds items of a list again, however they are ordered, and hides what another reading lacks', () => {
    const probes = new Probes([A, B]);
    const [m] = probes.all();
    const item = (name: string, tco2e: string) => ({ name, tco2e });
    const [two, four] = [m!.mul(2).toFixed(), m!.mul(m!).mul(2).toFixed()];
    expect(
      withoutAlone(
        [
          [item('x', '1'), item('y', '2'), item('gone', '3')],
          [item('y', two), item('x', '1')],
          [item('y', four), item('x', '1')],
        ],
        probes,
      ),
    ).toEqual([item('x', '1'), { name: 'y', tco2e: null }, { name: 'gone', tco2e: null }]);
  });
});
