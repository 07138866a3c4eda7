// What is seen of objects, in Chinese: names, fields and the words of the scenario language stay as they are.

import { translateBy } from './template.ts';
import type { Template } from './template.ts';

const templates: readonly Template[] = [
  { shape: /^(.+): no such object$/s, say: (of) => `${of}：没有这样的对象` },
  { shape: /^(.+): (.+) still there$/s, say: (of, names = '') => `${of}：${listed(names)} 仍然存在` },
  {
    shape: /^(\d+) of (.+) (?:are (.+?)|exist)(?: \(([^()]*)\))?$/s,
    say: (count, of, state = '', names = '') =>
      `${of} 中有 ${count} 个${state === '' ? '存在' : `满足 ${state}`}${names === '' ? '' : `（${listed(names)}）`}`,
  },
  { shape: /^names of (.+?): ?(.*)$/s, say: (of, names = '') => `${of} 的名称为：${listed(names)}` },
  { shape: /^([\w.[\]-]+) of (.+?): ?(.*)$/s, say: (field, of, values = '') => `${of} 的 ${field} 为：${listed(values)}` },
  {
    shape: /^(\S+\/\S+) is (.+?)(?:, and (\d+) more of (\d+))?$/s,
    say: (object, state = '', more = '', all = '') =>
      `${object} 的状态：${stateInChinese(state)}${more === '' ? '' : `；${all} 个中另有 ${more} 个也不满足`}`,
  },
];

/** What several clauses found, separated by semicolons; undefined where one of them cannot be said. */
export function findingsInChinese(text: string): string | undefined {
  const parts = text.split('; ').map((part) => translateBy(templates, part));
  return parts.includes(undefined) ? undefined : parts.join('；');
}

/** `pod/a is Running, Ready, pod/b is Pending, and 2 more`: objects that are in a state that must not be. */
export function objectsInChinese(text: string): string | undefined {
  const [, all = '', more = ''] = /^(.+?)(?:, and (\d+) more)?$/s.exec(text) ?? [];
  const parts = all.split(/, (?=\S+\/\S+ is )/).map((part) => {
    const [, object, state] = /^(\S+\/\S+) is (.+)$/s.exec(part) ?? [];
    return state === undefined ? undefined : `${object ?? ''} 的状态：${stateInChinese(state)}`;
  });
  if (parts.includes(undefined)) return undefined;
  return `${parts.join('；')}${more === '' ? '' : `；另有 ${more} 个`}`;
}

const words: ReadonlyMap<string, string> = new Map([
  ['not there', '不存在'],
  ['there', '存在'],
  ['not scheduled', '未调度'],
  ['not Ready', '未 Ready'],
]);

/** `Running, not Ready`, `2 of 3 ready`. */
export function stateInChinese(state: string): string {
  const parts = state.split(', ').map((part) => {
    const [, ready, desired] = /^(\d+) of (\d+) ready$/.exec(part) ?? [];
    return ready === undefined ? (words.get(part) ?? part) : `${desired ?? ''} 个中有 ${ready} 个就绪`;
  });
  return parts.join('、');
}

function listed(text: string): string {
  if (text === '' || text === 'nothing') return '无';
  return text.replace(/, and (\d+) more$/, ' 等，另有 $1 个').replaceAll(', ', '、');
}
