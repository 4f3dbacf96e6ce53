import { bridgeOrder, isRefusal, METHOD_PACK_DEFAULT, methodPack, type BridgeOrder, type MethodPack } from '#ghg';

const pack = methodPack(METHOD_PACK_DEFAULT);
if (isRefusal(pack)) throw new Error(pack.detail);
const order = bridgeOrder(pack.bridgeOrder);
if (isRefusal(order)) throw new Error(order.detail);

/** The rules that a book has unless it is opened under others; what tests calculate by that are not about packs. */
export const PACK: MethodPack = pack;
/** Their order of substitution. */
export const ORDER: BridgeOrder = order;
