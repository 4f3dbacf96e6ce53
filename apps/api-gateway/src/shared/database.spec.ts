import request from 'supertest';
import { API_KEY, startTestGateway } from '../../test/gateway';

describe('a database that is not there', () => {
  it('is a service that is away, and a gateway that is not ready', async () => {
    // Nothing listens on port 1.
    const gateway = await startTestGateway({}, { databaseUrl: 'postgres://nobody@127.0.0.1:1/none' });
    try {
      const { body } = await request(gateway.server).get('/v1/tenant').set('Authorization', `Bearer ${API_KEY}`).expect(503);
      expect(body).toMatchObject({ code: 'service_unavailable', detail: 'A service that this request needs does not answer.' });
      expect((await request(gateway.server).get('/health/ready').expect(503)).body).toMatchObject({ ready: false, postgres: false });
    } finally {
      await gateway.close();
    }
  });
});
