import { readJsonRecord } from './json-record';

describe('a JSON record', () => {
  it.each([
    ['a name twice', '{"kWh":1,"kWh":2}', 'kWh'],
    ['a name twice, once escaped', '{"kWh":1,"k\\u0057h":2}', 'kWh'],
    ['a name twice, with a list before', '{"kWh":[1],"kWh":2}', 'kWh'],
    ['a name twice, with the same value', '{"a:b":"x:y","kWh":1,"kWh":1}', 'kWh'],
    ['a name twice, but for white space', '{"kWh":1," kWh ":2}', 'kWh'],
    ['a name twice that is no text', '{"a\\u0000":1,"a\\u0000":2}', 'a\ufffd'],
  ])('is malformed: %s', (_, text, name) => {
    expect(readJsonRecord(text)).toEqual({ malformed: `it has "${name}" more than once` });
  });

  it.each([
    ['colons in texts', '{"a:b":"c:d","e":"\\"e\\": 1"}', ['a:b', 'e']],
    ['the same text as name and value', '{"a":"a:","b":"a"}', ['a', 'b']],
    ['names in two cases', '{"a":1,"A":2}', ['a', 'A']],
  ])('is taken: %s', (_, text, names) => {
    const record = readJsonRecord(text);
    expect('malformed' in record ? record : [...record.keys()]).toEqual(names);
  });

  it('shows a name that is no text as one', () => {
    expect(readJsonRecord('{"a\\u0000":[]}')).toEqual({ malformed: '"a\ufffd" is no single value' });
  });

  it('is read once, however long its texts are', () => {
    const began = process.cpuUsage();
    readJsonRecord(`{"a":"${':\\"'.repeat(250_000)}"}`);
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(2);
  });
});
