import type { FactorFileReading, Omission, OmissionReason } from './factor-file';
import { reportOf } from './report';

const omission = (row: number, reason: OmissionReason): Omission => ({ sheet: 's', row, reason, detail: '' });

it('a report counts by reason and shows some of each', () => {
  const omissions = [
    ...Array.from({ length: 500 }, (_, i) => omission(i, 'value_blank')),
    omission(900, 'value_negative'),
    omission(901, 'note'),
  ];
  const reading = { recognised: { publisher: 'p' }, rowsRead: 600, rowsUsed: 98, omissions } as unknown as FactorFileReading;
  const report = reportOf(reading, 4);
  expect(report.omitted.map(({ reason, rows }) => [reason, rows])).toEqual([
    ['value_blank', 500],
    ['note', 1],
    ['value_negative', 1],
  ]);
  expect(report.omissions.map(({ row }) => row)).toEqual([0, 1, 900, 901]);
});
