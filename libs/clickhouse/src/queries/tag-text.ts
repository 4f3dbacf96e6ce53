/** A tag's value as text, whatever its type; the empty text where an entry does not carry the tag. */
export const TAG_TEXT = `multiIf(
  mapContains(tags_text, {tag:String}), tags_text[{tag:String}],
  mapContains(tags_decimal, {tag:String}), toString(tags_decimal[{tag:String}]),
  mapContains(tags_date, {tag:String}), toString(tags_date[{tag:String}]),
  mapContains(tags_boolean, {tag:String}), toString(tags_boolean[{tag:String}]),
  '')`;

export const HAS_TAG = ['tags_text', 'tags_decimal', 'tags_date', 'tags_boolean']
  .map((map) => `mapContains(${map}, {tag:String})`)
  .join(' or ');
