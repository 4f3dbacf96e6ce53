/** Why an archive is not opened: it is damaged, or more than anybody needs comes out of it. */
export class ArchiveRefused extends Error {
  constructor(
    readonly reason: 'unreadable' | 'too_large',
    readonly detail: string,
  ) {
    super(detail);
    this.name = 'ArchiveRefused';
  }
}
