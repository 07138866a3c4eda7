// What the commands of `exercise` say themselves, in the languages that every exercise has.

const english = {
  level: 'level',
  points: 'points',
  of: 'of',
  expected: 'expected',
  seen: 'seen',
  waiting: 'waiting on',
  hint: 'hint',
  hints: (count: number) => (count === 1 ? '1 hint' : `${count} hints`),
  refused: 'the API refuses',
  notRun: 'changes nothing: not run',
  unreadable: 'Nothing was run: first these files must be mended.',
  undecided: 'not decided',
  allPassed: 'All checks passed.',
  remark: 'the exercise itself',
  untried: (step: string, check: string) => `“${step}” could not be tried, because check ${check} did not pass`,
  seeds: (count: number) => (count === 1 ? '1 seed' : `${count} seeds`),
  files: 'files',
  note: 'note',
  start: 'start with',
  check: 'check with',
  sure: 'Show the solution? [y/N] ',
  noHint: 'there is no further hint',
  written: 'written',
  watching: 'waiting for changes; Ctrl-C ends',
};

/** The words of one language. */
export type Words = typeof english;

const chinese: Words = {
  level: '难度',
  points: '分',
  of: '/',
  expected: '期望',
  seen: '实际',
  waiting: '等待',
  hint: '提示',
  hints: (count) => `${count} 条提示`,
  refused: 'API 拒绝',
  notRun: '不改变任何东西：未执行',
  unreadable: '什么都没有运行：请先修正这些文件。',
  undecided: '未能判定',
  allPassed: '全部检查通过。',
  remark: '练习本身',
  untried: (step, check) => `检查 ${check} 未通过，因此无法尝试“${step}”这一步`,
  seeds: (count) => `${count} 个种子`,
  files: '文件',
  note: '说明',
  start: '开始',
  check: '检查',
  sure: '要显示答案吗？[y/N] ',
  noHint: '没有更多提示了',
  written: '已写入',
  watching: '等待文件改动；按 Ctrl-C 结束',
};

/** The words of a language; English where there are none. */
export function wordsOf(language: string): Words {
  return /^zh/i.test(language) ? chinese : english;
}
