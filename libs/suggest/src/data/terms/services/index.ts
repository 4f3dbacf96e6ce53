export { DUTCH } from './dutch';
export { ENGLISH } from './english';
export { FRENCH } from './french';
export { GERMAN } from './german';
export { ITALIAN } from './italian';
export { SPANISH } from './spanish';
export { SWEDISH } from './swedish';
