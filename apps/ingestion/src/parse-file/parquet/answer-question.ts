import { ParquetDecoder, ParquetRefused, type ParquetChunk } from './decoder';

/** What a decoder is asked: plain data, so that it may live in another process. */
export type DecoderQuestion =
  | { readonly ask: 'open'; readonly footer: ArrayBuffer }
  | { readonly ask: 'load'; readonly group: number; readonly chunks: readonly ParquetChunk[] }
  | { readonly ask: 'check'; readonly column: string }
  | { readonly ask: 'texts'; readonly column: string; readonly from: number; readonly to: number };

export type DecoderAnswer = { readonly answer: unknown } | { readonly code: 'file_unreadable' | 'file_too_large'; readonly detail: string };

/** What the decoder says to a question; whatever goes wrong in it is about the file. */
export async function answerTo(decoder: ParquetDecoder, question: DecoderQuestion): Promise<DecoderAnswer> {
  try {
    return { answer: await ask(decoder, question) };
  } catch (error) {
    if (error instanceof ParquetRefused) return { code: error.code, detail: error.detail };
    const reason = error instanceof Error ? error.message : String(error);
    return { code: 'file_unreadable', detail: `The Parquet file cannot be read: ${reason.slice(0, 200)}.` };
  }
}

function ask(decoder: ParquetDecoder, question: DecoderQuestion): unknown {
  switch (question.ask) {
    case 'open':
      return decoder.open(question.footer);
    case 'load':
      return decoder.load(question.group, question.chunks);
    case 'check':
      return decoder.check(question.column);
    case 'texts':
      return decoder.texts(question.column, question.from, question.to);
  }
}
