import { answerTo, type DecoderQuestion } from './answer-question';
import { ParquetDecoder } from './decoder';

// The process that `startDecoder` begins for one file. It has no connection but the one to its service, and ends with it.
const decoder = new ParquetDecoder();
let before: Promise<unknown> = Promise.resolve();
process.on('message', (question: DecoderQuestion) => {
  before = before.then(async () => process.send?.(await answerTo(decoder, question)));
});
// A terminal sends them to all its programs: the service says when it is over.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('disconnect', () => process.exit());
