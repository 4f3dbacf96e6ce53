import { z } from 'zod';

/** The name of an uploaded file: for people, never a path. */
export const fileName = z
  .string()
  .regex(/^[^\p{Cc}/\\]{1,255}$/u, 'must be a file name of at most 255 characters, without folders')
  .describe('the name by which people know the file');
