import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { FileRefused } from '../../shared/records';
import { LIMITS } from '../limits';
import { answerTo, type DecoderAnswer, type DecoderQuestion } from './answer-question';
import { ParquetDecoder, type ParquetChunk, type ParquetFile } from './decoder';

/** Decodes one Parquet file somewhere. Refuses (`FileRefused`): `file_unreadable`, `file_too_large`. */
export interface Decoder {
  open(footer: ArrayBuffer): Promise<ParquetFile>;
  load(group: number, chunks: readonly ParquetChunk[]): Promise<void>;
  texts(column: string, from: number, to: number): Promise<(string | null)[]>;
  /** Decodes a column of the loaded group, and says and keeps nothing of it. */
  check(column: string): Promise<void>;
  close(): Promise<void>;
}

const PROGRAM = path.join(__dirname, 'decoder.process.js');

/** In a process where the code is compiled; sources, which only tests run, are no program that could be started. */
export function startDecoder(): Decoder {
  return existsSync(PROGRAM) ? new DecoderElsewhere() : new DecoderHere();
}

const TOO_MUCH_MEMORY: DecoderAnswer = {
  code: 'file_too_large',
  detail: 'Decoding the Parquet file takes more memory than a file may; write smaller row groups.',
};

abstract class AskedDecoder implements Decoder {
  protected abstract ask(question: DecoderQuestion): Promise<DecoderAnswer>;
  abstract close(): Promise<void>;

  open(footer: ArrayBuffer): Promise<ParquetFile> {
    return this.answered<ParquetFile>({ ask: 'open', footer });
  }

  load(group: number, chunks: readonly ParquetChunk[]): Promise<void> {
    return this.answered<void>({ ask: 'load', group, chunks });
  }

  texts(column: string, from: number, to: number): Promise<(string | null)[]> {
    return this.answered<(string | null)[]>({ ask: 'texts', column, from, to });
  }

  check(column: string): Promise<void> {
    return this.answered<void>({ ask: 'check', column });
  }

  private async answered<T>(question: DecoderQuestion): Promise<T> {
    const answer = await this.ask(question);
    if ('code' in answer) throw new FileRefused(answer.code, answer.detail, 0);
    return answer.answer as T;
  }
}

class DecoderHere extends AskedDecoder {
  private readonly decoder = new ParquetDecoder();

  protected ask(question: DecoderQuestion): Promise<DecoderAnswer> {
    return answerTo(this.decoder, question);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/**
 * The format lets a few bytes stand for billions of values, and what decodes them believes it. In a process of its own that costs a bounded part of
 * the memory and of the time, and the service goes on answering; a thread would take the service with it when one allocation exceeds its memory.
 */
class DecoderElsewhere extends AskedDecoder {
  private readonly program: ChildProcess;
  /** Null: by no fault of the file. */
  private ended: DecoderAnswer | null | undefined;
  private waiting: ((answer: DecoderAnswer | null) => void) | undefined;

  constructor() {
    super();
    this.program = fork(PROGRAM, {
      execArgv: [`--max-old-space-size=${LIMITS.parquetHeapMegabytes}`, '--max-semi-space-size=16'],
      // It needs none of the service's secrets.
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.program.on('message', (answer: DecoderAnswer) => this.settle(answer));
    this.program.on('error', () => undefined);
    // V8 aborts a program that exceeds its memory. Whatever else ends it is not about the file: the work is taken up again.
    this.program.on('exit', (_code, signal) => this.end(signal === 'SIGABRT' ? TOO_MUCH_MEMORY : null));
  }

  close(): Promise<void> {
    this.end(null);
    this.program.kill('SIGKILL');
    return Promise.resolve();
  }

  protected async ask(question: DecoderQuestion): Promise<DecoderAnswer> {
    const answer = new Promise<DecoderAnswer | null>((resolve) => (this.waiting = resolve));
    const seconds = LIMITS.parquetStepMs / 1000;
    const patience = setTimeout(() => {
      this.end({ code: 'file_too_large', detail: `Decoding a part of the Parquet file takes more than ${seconds} s.` });
      this.program.kill('SIGKILL');
    }, LIMITS.parquetStepMs);
    if (this.ended === undefined) this.program.send(question, (error) => error && this.end(null));
    else this.settle(this.ended);
    try {
      const given = await answer;
      if (given === null) throw new Error('the program that decodes Parquet files ended');
      return given;
    } finally {
      clearTimeout(patience);
    }
  }

  private settle(answer: DecoderAnswer | null): void {
    this.waiting?.(answer);
    this.waiting = undefined;
  }

  private end(answer: DecoderAnswer | null): void {
    if (this.ended === undefined) this.ended = answer;
    this.settle(this.ended);
  }
}
