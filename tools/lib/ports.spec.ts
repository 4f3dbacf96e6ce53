import net, { type AddressInfo } from 'node:net';
import { choosePort } from './ports.mjs';

describe('the choice of a port', () => {
  let taken: net.Server;
  beforeAll(() => new Promise<void>((resolve) => (taken = net.createServer().listen(0, '127.0.0.1', resolve))));
  afterAll(() => new Promise((resolve) => taken.close(resolve)));

  it('takes another one when the preferred one is taken, and says so', async () => {
    const { port } = taken.address() as AddressInfo;
    const said: string[] = [];
    const chosen = await choosePort({ name: 'the API', preferred: port, say: (line) => said.push(line) });
    expect(chosen).not.toBe(port);
    expect(said).toEqual([`port ${port} is taken: the API listens on ${chosen} instead`]);
  });

  it('gives no port to two', async () => {
    const chosen = await Promise.all(Array.from({ length: 10 }, () => choosePort({ name: 'x' })));
    expect(new Set(chosen).size).toBe(10);
  });

  it('says nothing when nothing was preferred', async () => {
    const said: string[] = [];
    await choosePort({ name: 'x', say: (line) => said.push(line) });
    expect(said).toEqual([]);
  });
});
