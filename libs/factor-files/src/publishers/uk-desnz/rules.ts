import type { ActivityTypeId, LegId } from '#ghg';
import type { OmissionReason } from '../../factor-file';
import { plainLabel, slug, type LabelName, type Labels } from './labels';

/** What a label says: a value of ours, `undefined` for nothing to say, null for a row that is not meant. */
export type Reading = (labels: Labels) => string | null | undefined;

/** One thing of ours that the rows of a table are the factor of. */
export interface Use {
  readonly activityType: ActivityTypeId;
  readonly leg: LegId;
  readonly attributes: Readonly<Record<string, Reading>>;
  /** Units of ours that it takes; absent: all. */
  readonly units?: readonly string[];
  /** Rows that it takes; absent: all. */
  readonly where?: (labels: Labels) => boolean;
  /** Country of the row; absent: the United Kingdom. */
  readonly region?: Reading;
  /** Behind the code where a row serves several; absent: the type. */
  readonly suffix?: string;
  /** Stands in only where no other row of the file is the factor of the same thing. */
  readonly standIn?: true;
}

/** Why rows are left out. */
export interface Otherwise {
  readonly reason: OmissionReason;
  readonly detail: string;
}
/** No type is measured like this. */
export const noType = (detail: string): Otherwise => ({ reason: 'type_not_covered', detail });
/** There is a type, and it has no attribute that could say what the row says. */
export const noAttribute = (detail: string): Otherwise => ({ reason: 'condition_not_covered', detail });
export const noRegion = (detail: string): Otherwise => ({ reason: 'region_unknown', detail });

/** What a table of the publisher is for us. */
export interface TableRule {
  /** As `sectionOf` spells it. */
  readonly sections: readonly string[];
  /** The first that takes a row gives the factor that bears the publisher's own id. */
  readonly uses: readonly Use[];
  /** `biogenic`: CO2 outside the scopes; `energy`: kilowatt-hours; `gwp`: the GWP of a gas. Absent: emissions. */
  readonly of?: 'biogenic' | 'energy' | 'gwp';
  /** Fuels have a calorific basis: the unit's own, or that of the sheet. */
  readonly calorificBasis?: 'of-unit' | 'net';
  /** What is said of rows that no use takes. */
  readonly otherwise: Otherwise;
}

/** The value of a label in a table; a label that is not in it is not meant. */
export const oneOf =
  (name: LabelName, values: Readonly<Record<string, string | undefined>>): Reading =>
  (labels) => {
    const label = plainLabel(labels[name]);
    return Object.hasOwn(values, label) ? values[label] : null;
  };

/** The slug of labels, behind a word that says what they are of. */
export const named =
  (prefix: string, ...names: readonly LabelName[]): Reading =>
  (labels) =>
    slug(prefix, ...names.map((name) => labels[name]));

export const always =
  (value: string): Reading =>
  () =>
    value;

export const is =
  (name: LabelName, ...values: readonly string[]) =>
  (labels: Labels): boolean =>
    values.includes(plainLabel(labels[name]));

export const both =
  (one: (labels: Labels) => boolean, other: (labels: Labels) => boolean) =>
  (labels: Labels): boolean =>
    one(labels) && other(labels);

/** The same use for several types. */
export const forTypes = (types: readonly ActivityTypeId[], use: Omit<Use, 'activityType'>): Use[] =>
  types.map((activityType) => ({ activityType, ...use }));
