export { ROOT } from '../../tools/lib/root.mjs';
export { blockOf, inventoryOf, README, runDemo } from '../../tools/lib/readme-demo.mjs';
