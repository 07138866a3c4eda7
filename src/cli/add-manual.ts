// The words of `setpiece schema`, `explain` and `init`: what helps to write scenarios.

import type { Command } from 'commander';

/** Adds `schema`, `explain` and `init` to the program. */
export function addManual(program: Command): void {
  program
    .command('schema')
    .description('print the JSON Schema of scenario files')
    .action(async () => {
      const { schema } = await import('./commands/schema.ts');
      process.exitCode = await schema();
    });
  program
    .command('explain')
    .description('explain a verb, a word, a state, a problem code, capabilities, …')
    .argument('[topic]', 'without one, the topics are listed')
    .action(async (topic: string | undefined) => {
      const { explain } = await import('./commands/explain.ts');
      process.exitCode = await explain(topic);
    });
  program
    .command('init')
    .description('write a first scenario and its manifest, which pass')
    .argument('[folder]', 'where to', 'scenarios')
    .action(async (folder: string) => {
      const { init } = await import('./commands/init.ts');
      process.exitCode = await init(folder);
    });
}
