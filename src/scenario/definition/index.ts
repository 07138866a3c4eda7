// What the generator needs of the definition.

export { validatedNames } from './language.ts';
export { manualTopics } from './manual.ts';
export { publishedSchema, validatorSchema } from './schemas.ts';
