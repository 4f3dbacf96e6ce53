export * from './factor-file';
export * from './compare-sets';
export { LAYOUTS } from './layouts';
export { openFile } from './open-file';
export { accountOf, readFactorFile } from './read-factor-file';
export { reportOf, type OmittedRows, type ReadingReport } from './report';
export { recognise, type Recognition } from './recognise';
