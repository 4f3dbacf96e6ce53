import { Refused } from '#contracts';
import { sourceClassesOf } from './list-entries.service';

describe('the source classes of a reported line', () => {
  it.each([
    [undefined, undefined, undefined],
    [undefined, 'waste', ['waste']],
    ['scope1', undefined, ['stationary-combustion', 'mobile-combustion', 'process', 'fugitive']],
    ['scope1', 'process', ['process']],
    ['scope1', 'waste', []],
    ['scope3.3', undefined, ['upstream-of-energy', 'transmission-losses']],
    ['outside-of-scopes', undefined, ['biogenic']],
  ])('%s with %s: %j', (line, sourceClass, classes) => expect(sourceClassesOf(line, sourceClass)).toEqual(classes));

  it('are refused for a line that no report has', () => expect(() => sourceClassesOf('scope3.16', undefined)).toThrow(Refused));
});
