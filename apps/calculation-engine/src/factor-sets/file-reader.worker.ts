import { parentPort, workerData } from 'node:worker_threads';
import { outcomeOf, type FileQuestion } from './read-publishers-file';

// The thread that `FileReader` starts for one file. What it is told and what it answers are plain data.
parentPort?.postMessage(outcomeOf(workerData as FileQuestion));
