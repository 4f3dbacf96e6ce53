/** A file as it is uploaded: the bytes as they are, under a mapping by name. */
export interface DemoFile {
  readonly name: string;
  readonly mapping: string;
  readonly content: string | Buffer;
}
