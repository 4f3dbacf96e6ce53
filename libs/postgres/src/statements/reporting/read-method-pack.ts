/** The rules that a book pins. `$1` tenant, `$2` id of the book. */
export const READ_METHOD_PACK = 'select method_pack from calculation.books_v1 where tenant_id = $1 and id = $2';
