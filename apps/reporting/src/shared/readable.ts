import { ClickhouseFailure } from '#clickhouse';
import { Refused } from '#contracts';

/** A columnar store that is away or too busy is a refusal that the asker may try again; any other failure of it is ours. */
export async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ClickhouseFailure && error.retry) throw new Refused('service_unavailable', 'The columnar store does not answer.');
    throw error;
  }
}
