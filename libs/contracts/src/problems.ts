/**
 * What the API can refuse, as a closed list: HTTP status and title of the RFC 9457 problem. The reasons why a single record or leg got no number
 * are the kernel's (`REFUSALS` in libs/ghg).
 */
export const PROBLEMS = {
  request_invalid: [400, 'The request does not have the documented form.'],
  api_key_missing: [401, 'The request carries no API key.'],
  api_key_unknown: [401, 'The API key is not known or was revoked.'],
  not_found: [404, 'There is no such resource.'],
  entity_unknown: [404, 'No entity has this code.'],
  mapping_unknown: [404, 'No mapping has this name.'],
  import_unknown: [404, 'No import has this id.'],
  factor_set_unknown: [404, 'No factor set has this id.'],
  book_unknown: [404, 'No book has this name.'],
  run_unknown: [404, 'No run has this id.'],
  entry_unknown: [404, 'No entry has this id.'],
  instrument_unknown: [404, 'No instrument has this code.'],
  profile_unknown: [404, 'No profile is of this year.'],
  factor_unknown: [404, 'No factor set that you read has this factor.'],
  factor_set_without_predecessor: [404, 'No earlier edition of the same publisher is here to compare with.'],
  factor_choice_unknown: [404, 'No decision about factors has this id.'],
  pool_unknown: [404, 'No pool has this code.'],
  classification_unknown: [404, 'No classification has this id.'],
  base_year_unknown: [404, 'No base year has this name.'],
  base_year_not_stated: [404, 'No such figure of the base year has been stated.'],
  nothing_calculated: [404, 'The book has no sealed and projected run yet.'],
  year_without_entries: [404, 'The book has no entry of this year.'],
  method_not_allowed: [405, 'The resource does not answer this method.'],
  run_in_progress: [409, 'The book has an open run; wait for its seal.'],
  factor_set_exists: [409, 'This publisher, edition and version exist with other content; a factor set never changes.'],
  factor_set_not_in_book: [409, 'The book does not hold this factor set.'],
  factor_set_in_book: [409, 'The book holds this factor set already.'],
  factor_set_versions_clash: [409, 'A book holds one version of an edition.'],
  adoption_automatic: [409, 'Factor sets enter this book by themselves; state that they enter on request first.'],
  tag_type_conflict: [409, 'A tag of this name exists with another type.'],
  book_exists: [
    409,
    'A book of this name exists under another method pack or GWP set, or with another choice of the catalogue or of editions.',
  ],
  holding_conflict: [409, 'The holdings contradict each other.'],
  lease_conflict: [409, 'The leases contradict each other.'],
  reporting_year_fixed: [409, 'Records have been imported and cut by reporting years; their first day stays.'],
  exclusion_conflict: [409, 'A code stands twice in the register of exclusions.'],
  instrument_used_twice: [409, 'Another instrument has this registry id; a certificate counts once.'],
  instrument_over_allocated: [409, 'More of the instrument is allocated than was retired.'],
  classification_withdrawn: [409, 'The classification has been withdrawn before.'],
  factor_choice_withdrawn: [409, 'The decision has been taken back before.'],
  pool_overlaps: [409, 'Another pool of the same kind may take the same rows.'],
  body_empty: [400, 'The request has no body.'],
  upload_stalled: [408, 'Nothing of the upload arrived for too long.'],
  body_too_large: [413, 'The body is larger than this resource takes.'],
  media_type_unsupported: [415, 'The resource does not take this content type.'],
  mapping_invalid: [422, 'The mapping contradicts the vocabulary.'],
  factor_set_invalid: [422, 'The factor set holds something that cannot be used.'],
  factor_set_flagged: [
    422,
    'Figures stand out against the edition before, and the upload asked that none may; the places say which. Nothing was stored.',
  ],
  factor_file_refused: [422, 'The file is none of a publisher that can be taken as it is; the places say why.'],
  instrument_invalid: [422, 'The instrument contradicts itself or the vocabulary.'],
  profile_invalid: [422, 'The profile does not have the hours of its year, or its time zone is not known.'],
  classification_invalid: [422, 'A classification says something that its text cannot be; the places say which. None was taken.'],
  factor_choice_invalid: [422, 'The decision could never have an effect; the places say why.'],
  pool_invalid: [422, 'The pool contradicts itself or the vocabulary.'],
  survey_respondents_above_heads: [422, 'More heads answered than there are.'],
  gas_unknown: [422, 'The gas or blend is not in the register.'],
  method_pack_unknown: [422, 'No method pack has this name.'],
  approach_not_in_pack: [422, 'The method pack of the book does not know this approach.'],
  gwp_set_not_in_pack: [422, 'The method pack of the book does not know this GWP set.'],
  base_year_invalid: [422, 'The policy of the base year cannot be followed.'],
  exclusion_without_selector: [
    422,
    'An exclusion names an entity, an activity type or a source class; without any it would leave out everything.',
  ],
  restatement_without_reason: [422, 'A base year is restated with its trigger and its reason, or not at all.'],
  trigger_without_effect: [422, 'The evaluation shows no effect of this trigger.'],
  nothing_to_calculate: [422, 'Nothing has been imported.'],
  unexpected: [500, 'Something went wrong on our side; it has been logged.'],
  service_unavailable: [503, 'A service that this request needs does not answer.'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** One place in the input that a problem is about. */
export interface ProblemPlace {
  readonly at: string;
  readonly code: string;
  readonly detail: string;
}

/** A request that is refused by name. Adapters map it (to a problem, to an RPC error); they never invent one. */
export class Refused extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail: string = PROBLEMS[code][1],
    readonly places: readonly ProblemPlace[] = [],
  ) {
    super(`${code}: ${detail}`);
    this.name = 'Refused';
  }

  get status(): number {
    return PROBLEMS[this.code][0];
  }
}

export function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === 'string' && Object.hasOwn(PROBLEMS, code);
}
