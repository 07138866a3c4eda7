// What the generator needs of the definition.

export { validatedNames } from './language.ts';
export { manualTopics } from './manual.ts';
export { publishedExerciseSchema, publishedSchema, validatorSchema } from './schemas.ts';
