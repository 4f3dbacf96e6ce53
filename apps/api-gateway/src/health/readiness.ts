import { Injectable } from '@nestjs/common';
import { pingWorker, WORKERS } from '#contracts';
import { Asker } from '#messaging';
import { Database } from '../shared/database';

/** A probe must fail before its own deadline does. */
const PATIENCE_MS = 1_500;

@Injectable()
export class Readiness {
  constructor(
    private readonly workers: Asker,
    private readonly database: Database,
  ) {}

  /** Asks all at once. A worker that does not answer in time, or says that it is not ready, is not ready. */
  async ask() {
    const [postgres, ...answers] = await Promise.all([
      within(PATIENCE_MS, this.database.isReady()),
      ...WORKERS.map((worker) =>
        this.workers.ask(pingWorker[worker], {}, PATIENCE_MS).then(
          (answer) => answer.ready,
          () => false,
        ),
      ),
    ]);
    const workers = Object.fromEntries(WORKERS.map((worker, index) => [worker, answers[index] === true]));
    return { ready: postgres && answers.every(Boolean), postgres, workers };
  }
}

async function within(patienceMs: number, answer: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
