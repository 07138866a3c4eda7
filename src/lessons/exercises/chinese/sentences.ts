// The sentences behind `expected`, `seen` and `waiting on`, in Chinese.

import { findingsInChinese, objectsInChinese, stateInChinese } from './findings.ts';
import { translateBy } from './template.ts';
import type { Template } from './template.ts';

const event = '(.+?) (?:is|must be) (.+?)(?: \\((\\d+)(?:st|nd|rd|th) time\\))?';

const rules: readonly Template[] = [
  { shape: /^once everything is quiet, (.+) must hold$/s, say: (what) => `一切平静之后，应满足 ${what}` },
  { shape: /^(.+) must hold at no point$/s, say: (what) => `任何时刻都不应出现 ${what}` },
  { shape: /^(.+) must hold at every point$/s, say: (what) => `自始至终应满足 ${what}` },
  { shape: /^(.+) must not happen$/s, say: (what) => `不应发生 ${what}` },
  {
    shape: /^(.+) must hold at some point within (\S+)$/s,
    say: (what, budget) => `应在 ${budget} 内的某个时刻满足 ${what}`,
  },
  {
    shape: /^whenever (.+?) is (.+) must hold$/s,
    say: (of, rest = '') => {
      const at = commaOf(rest);
      return at < 0 ? undefined : `每当 ${of} 处于 ${rest.slice(0, at)} 时，应满足 ${rest.slice(at + 2)}`;
    },
  },
  {
    shape: new RegExp(`^${event} before ${event}$`, 's'),
    say: (of = '', state = '', nth = '', later = '', laterState = '', laterNth = '') =>
      `应先 ${happens(of, state, nth)}，然后 ${happens(later, laterState, laterNth)}`,
  },
  {
    shape: new RegExp(`^${event}(?: after (.+?) is (.+?))? \\((\\d+) of (\\d+)\\)$`, 's'),
    say: (of = '', state = '', nth = '', before = '', beforeState = '', number = '', all = '') =>
      `${before === '' ? '' : `在 ${happens(before, beforeState)} 之后，`}应发生 ${happens(of, state, nth)}（顺序中的第 ${number} 项，共 ${all} 项）`,
  },
  {
    shape: /^(.+?) must be (\S+|\{.+?\}) ((?:[<>=]|between ).*?) after (?:(.+) is (.+)|the request was answered)$/s,
    say: (of = '', state = '', gap, before = '', beforeState = '') =>
      `从 ${before === '' ? '请求得到答复' : happens(before, beforeState)} 到 ${happens(of, state)}，间隔应为 ${gap}`,
  },
  { shape: /^the answer must match (.+)$/s, say: (what) => `答复应符合 ${what}` },
  { shape: /^(.+) is accepted$/s, say: (what) => `${what} 应被接受` },
  { shape: /^step "(.+)" can be done$/s, say: (name) => `步骤“${name}”应能执行` },
];

const facts: readonly Template[] = [
  { shape: /^quiet, but (.+)$/s, say: (found = '') => after('已经平静，但 ', findingsInChinese(found)) },
  {
    shape: /^not quiet: (.+?)(?:, (\d+) still moving)?$/s,
    say: (end = '', moving = '') => {
      const said = endInChinese(end);
      return said === undefined ? undefined : `尚未平静：${said}${moving === '' ? '' : `，仍有 ${moving} 个对象在变化`}`;
    },
  },
  {
    shape: /^(.+?) without it(?:; (\S+) is (.+))?$/s,
    say: (end = '', object = '', state = '') => {
      const said = endInChinese(end);
      const seen = object === '' ? '' : `；${object} 的状态：${stateInChinese(state)}`;
      return said === undefined ? undefined : `${said}，它没有发生${seen}`;
    },
  },
  {
    shape: /^(.+? (?:at|after) \+\S+): (.*?)(?:; nearest: (\d+) of (\d+) at \+(\S+))?$/s,
    say: (end = '', found = '', near = '', all = '', at = '') => {
      const [ended, seen] = [endInChinese(end), findingsInChinese(found)];
      if (ended === undefined || seen === undefined) return undefined;
      return `${ended}：${seen}${near === '' ? '' : `；最接近时：+${at}，${all} 个中有 ${near} 个`}`;
    },
  },
  {
    shape: /^at \+(\S+) (.+?) is (.+?), while (\S+) was (.+)$/s,
    say: (at, of = '', state = '', other, otherState = '') =>
      `+${at} 时 ${happens(of, state)}，而此时 ${other} 的状态：${stateInChinese(otherState)}`,
  },
  {
    shape: /^at \+(\S+) (.+?) is (.+?), but (.+)$/s,
    say: (at, of, state, found = '') =>
      after(`+${at} 时 ${of} 处于 ${state}，但 `, findingsInChinese(found)),
  },
  {
    shape: /^at \+(\S+) (.+) is (\S+): (\S+\/\S+)$/s,
    say: (at, of = '', state = '', object) => `+${at} 时 ${happens(of, state)}：${object}`,
  },
  { shape: /^at \+(\S+) (.+)$/s, say: (at, found = '') => after(`+${at} 时 `, objectsInChinese(found)) },
  {
    shape: /^already so when the window opened, at \+(\S+): (.+)$/s,
    say: (at, found = '') => after(`+${at} 开始观察时就已如此：`, objectsInChinese(found)),
  },
  { shape: /^it took (\S+)$/s, say: (time) => `间隔为 ${time}` },
  { shape: /^nothing that this speaks of was ever there$/, say: () => '这里所说的对象从未出现过' },
  { shape: /^there was no answer$/, say: () => '没有答复' },
  {
    shape: /^(answered|refused) with code (\d+)(?: for (\S+))?(?: \(last answer; (.+)\))?$/s,
    say: (how, code, object = '', end = '') => {
      const said = end === '' ? '' : endInChinese(end);
      if (said === undefined) return undefined;
      const of = object === '' ? '' : `${object} 的`;
      return `${of}${how === 'answered' ? '答复代码为' : '请求被拒绝，代码'} ${code}${said === '' ? '' : `（最后一次答复；${said}）`}`;
    },
  },
  {
    shape: /^`([^`]+)` wants one value of (\S+) of (.+) when step "(.+)" ends; found (?:nothing|(\d+) values)$/s,
    say: (name, field, of, step, count = '') =>
      `步骤“${step}”结束时，\`${name}\` 需要 ${of} 的 ${field} 的一个值，但${count === '' ? '没有找到' : `找到 ${count} 个`}`,
  },
  {
    shape: /^the target `([^`]+)` selects nothing when step "(.+)" starts \(t=\+(\S+)\): .+$/s,
    say: (target, step, at) => `步骤“${step}”开始时（+${at}），没有对象符合 \`${target}\``,
  },
  // What the API or kubectl says stays as they say it.
  { shape: /^refused with code (\d+(?: \w+)?): (.+)$/s, say: (code, message) => `被拒绝，代码 ${code}：${message}` },
];

const ends: readonly Template[] = [
  { shape: /^nothing more can happen after (\+\S+)$/, say: (at) => `${at} 之后不会再有变化` },
  { shape: /^the budget of (\S+) was spent at (\+\S+)$/, say: (budget, at) => `到 ${at}，${budget} 的时限已用完` },
  { shape: /^`until` ended the window at (\+\S+)$/, say: (at) => `\`until\` 在 ${at} 结束了观察` },
  { shape: /^the window ended at (\+\S+)$/, say: (at) => `观察在 ${at} 结束` },
];

/** What was expected; undefined where the sentence has a shape that is not known: it stays English. */
export function ruleInChinese(text: string): string | undefined {
  return translateBy(rules, text);
}

/** What was seen; undefined as with `ruleInChinese`. */
export function seenInChinese(text: string): string | undefined {
  return translateBy(facts, text);
}

/** A line of what is waited on: an object, its state, since when, the last warning about it, which stays as it is. */
export function waitingInChinese(line: string): string {
  const found = /^(\S+) {2}(.+?)(?: since (\+\S+))?(?: {2}(.*))?$/s.exec(line);
  if (found === null) return line.replace(/^and (\d+) more$/, '另有 $1 个');
  const [, object = '', state = '', since = '', warning = ''] = found;
  const shown = stateInChinese(state).replace(/^last changed at (\+\S+)$/, '最后一次变化在 $1');
  return `${object}  ${shown}${since === '' ? '' : `，自 ${since} 起`}${warning === '' ? '' : `  ${warning}`}`;
}

function endInChinese(text: string): string | undefined {
  return translateBy(ends, text);
}

/** Where the first comma stands that is in no braces; -1 where there is none. */
function commaOf(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
    else if (sign === ',' && depth === 0) return at;
  }
  return -1;
}

function happens(of: string, state: string, nth = ''): string {
  return `${of}${nth === '' ? '' : ` 第 ${nth} 次`} ${state}`;
}

function after(begin: string, rest: string | undefined): string | undefined {
  return rest === undefined ? undefined : `${begin}${rest}`;
}
