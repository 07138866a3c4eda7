// The closed set of codes of a scenario's problems. Every code has a fixture pair under test/fixtures/scenario-errors.

/** Every code with what it means, in the order of the manual. Codes are kebab-case and stable. */
export const problemMeanings = {
  // The file as such.
  'missing-file': 'a file that is named is not there',
  'path-outside-project': 'a path leads out of the project, also by a symbolic link',
  'file-too-large': 'a file is larger than 1 MiB',
  'not-utf8': 'a file is not UTF-8 text',
  'binary-file': 'a file holds control characters that no text has',
  'empty-file': 'a scenario file holds no scenario',
  'multiple-documents': 'a scenario file holds more than one YAML document',
  'too-deep': 'values are nested deeper than anybody means',
  'scenario-as-manifest': 'a scenario file is applied as if it were a manifest; scenarios do not include one another',
  'bad-manifest': 'a manifest file cannot be read as Kubernetes objects',
  // YAML.
  'yaml-syntax': 'the text is not YAML',
  'tab-indentation': 'a tab stands where YAML wants spaces',
  'duplicate-key': 'a map has the same key twice',
  'bad-key': 'the key of a map is not text',
  'alias-not-allowed': 'anchors and aliases (`&x`, `*x`) are not part of the language',
  'tag-not-allowed': 'tags (`!x`) are not part of the language',
  'block-indicator': 'a plain value begins with `>` or `|`, which begin block text in YAML',
  'brace-in-flow': 'braces in a range or a variable: `{3..4}`, `${x}`',
  'missing-space-after-colon': 'no space behind the colon between a reference and its state',
  // Members and their values.
  'missing-id': 'the file does not say `scenario: id`',
  'bad-id': 'the id of a scenario is not kebab-case',
  'unknown-member': 'a map has a member that the language does not know',
  'missing-member': 'a map lacks a member that it needs',
  'wrong-type': 'a value is of another type than its place wants',
  'wrong-value': 'a value is not one of those that its place allows',
  'boolean-for-string': 'YAML reads a word as a boolean where text is wanted',
  'number-for-string': 'YAML reads digits as a number where text is wanted',
  'bad-duration': 'a duration without a unit, or of no known form',
  // Words.
  'unknown-verb': 'a step has a member that is no verb',
  'two-verbs': 'a step has more than one verb',
  'no-such-word': 'an `expect` has a member that is no temporal word',
  'unknown-state': 'a state, or a word of one, that the kind does not have',
  'edge-word-as-state': 'Created, Deleted or Scheduled where a state is wanted that can last',
  'unknown-operator': 'a matcher has a member that is no operator',
  'unknown-capability': '`needs.capabilities` names something that no backend can offer',
  'unknown-kind': 'a kind that is neither built in nor written with its group',
  // What is seen.
  'bad-reference': 'what should name objects does not have the form kind/name',
  'bad-range': 'a range of names cannot be counted',
  'empty-range': 'a range of names has no member',
  'bad-path': 'the path of a field cannot be read',
  'bad-pattern': 'a regular expression cannot be read',
  'bad-order': 'an item of an order does not say what comes first',
  'answer-without-request': 'an answer is expected of a step that sends no request',
  'unprintable-command': 'a command line of `prints` whose output cannot be shown without kubectl',
  'bad-fault': 'a fault that cannot strike this kind of object',
  'no-such-object': '`change` names an object that the manifest does not hold',
  // Guarantees.
  'unknown-guarantee': 'a guarantee that the catalogue of the project does not have',
  'bad-guarantee': 'an entry of `guarantees.yaml` that cannot be used',
  // Variables.
  'undefined-variable': 'a variable that nothing has defined at this point',
  'variable-in-text': 'a variable inside of a text or key without parentheses',
  'redefined-variable': 'a name that is already taken',
  'bad-variable-name': 'a name that cannot be written behind `$`',
  // Lint: what needs knowledge of the workload. Warnings.
  'settled-without-anchor': 'a step that starts slow machinery waits for quiet only',
  'will-be-vacuous': 'an expectation that nothing can break, since nothing makes its objects',
  'unknown-object': 'an object that no manifest and no step can make',
  'unknown-container': '`setImage` names a container that the workload does not have',
  'duplicate-expectation': 'the same expectation twice',
  'contradicting-order': 'an order that no run can show',
  'already-happened': 'an order waits for something that an earlier step has already awaited',
  'within-too-large': 'a budget that cannot be meant',
  'unstable-id': 'an id that looks made up by a machine or a clock',
  'id-unlike-file': 'an id that has no word in common with its file',
  'duplicate-id': 'two files have the same id',
} as const;

/** One of `problemCodes`. */
export type ProblemCode = keyof typeof problemMeanings;

/** Codes of problems. */
export const problemCodes = Object.keys(problemMeanings) as readonly ProblemCode[];
