import { serviceLogger } from './logging';

/** Lines that the logger writes while `act` runs. Pino writes to the process's standard output at once. */
function linesOf(act: (logger: ReturnType<typeof serviceLogger>) => void): Record<string, unknown>[] {
  const logger = serviceLogger('test-service', 'info');
  const stream = (logger as unknown as Record<symbol, { write(line: string): void }>)[
    Object.getOwnPropertySymbols(logger).find(({ description }) => description === 'pino.stream')!
  ]!;
  const write = jest.spyOn(stream, 'write').mockImplementation(() => undefined);
  act(logger);
  const lines = write.mock.calls.map(([line]) => line);
  write.mockRestore();
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log', () => {
  it('is one JSON object per line, with its service and its time in UTC', () => {
    expect(linesOf((logger) => logger.info({ rows: 3 }, 'staged\nand done'))).toEqual([
      expect.objectContaining({ service: 'test-service', rows: 3, msg: 'staged\nand done', time: expect.stringMatching(/^\d{4}-.*Z$/) }),
    ]);
  });

  it('leaves out what is below its level', () => {
    expect(linesOf((logger) => logger.debug('details'))).toEqual([]);
  });

  it('hides passwords and tokens, one level deep too', () => {
    const [line] = linesOf((logger) =>
      logger.info({ token: 'hunter2', headers: { authorization: 'hunter2' }, nats: { password: 'hunter2' } }),
    );
    expect(JSON.stringify(line)).not.toContain('hunter2');
  });
});
