import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import { Refused } from '#contracts';
import type { FileOutcome, FileQuestion } from './read-publishers-file';

/** What reading one file may take: the largest published one needs a third of it. */
const LIMITS = { maxOldGenerationSizeMb: 300, maxYoungGenerationSizeMb: 16 };
const READING_MS_MAX = 60_000;
const THREAD = path.join(__dirname, 'file-reader.worker.js');

/**
 * Reads publishers' files in a thread of its own, one after the other: a large or hostile file costs a bounded part of the memory, and the engine goes on
 * answering meanwhile.
 */
@Injectable()
export class FileReader {
  private before: Promise<unknown> = Promise.resolve();

  /** Refuses: `factor_file_refused`. */
  read(question: FileQuestion): Promise<Extract<FileOutcome, { readonly set: unknown }>> {
    const reading = this.before.then(() => inThread(question));
    this.before = reading.catch(() => undefined);
    return reading.then((outcome) => {
      if ('refusal' in outcome) throw new Refused('factor_file_refused', outcome.refusal.detail, outcome.refusal.places);
      return outcome;
    });
  }
}

function inThread(question: FileQuestion): Promise<FileOutcome> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(THREAD, { workerData: question, resourceLimits: LIMITS });
    const tooMuch = (detail: string): void =>
      resolve({ refusal: { detail: `file_too_large: ${detail}`, places: [{ at: 'file', code: 'file_too_large', detail }] } });
    const timer = setTimeout(() => {
      tooMuch(`It was not read within ${READING_MS_MAX / 1000} seconds.`);
      void thread.terminate();
    }, READING_MS_MAX);
    thread.once('message', resolve);
    thread.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch('It takes more memory than a factor file may.') : reject(error),
    );
    thread.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The thread that read the file ended with ${code}.`));
    });
  });
}
