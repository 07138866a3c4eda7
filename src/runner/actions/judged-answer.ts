// Answers as the matchers of `rejected` and `answered` see them.

import { isStatus } from '../../kubernetes/status.ts';
import { addressText } from '../../backends/address-text.ts';
import type { Answer, ObjectAddress } from '../../backends/cluster.ts';
import type { JudgedAnswer } from '../../expectations/judge.ts';
import type { Json, JsonObject } from '../../kubernetes/object.ts';

/** The answer to a write. */
export function judgeWrite(target: ObjectAddress, answer: Answer): JudgedAnswer {
  return judge(target, answer, () => ({
    code: answer.code,
    warnings: answer.warnings,
    ...(isStatus(answer.body) ? {} : { object: answer.body as Json }),
  }));
}

/** The answer to a read: the body itself. */
export function judgeRead(target: ObjectAddress | undefined, answer: Answer): JudgedAnswer {
  return judge(target, answer, () => answer.body as Json);
}

/** What kubectl itself refuses, before any request that would change something; there is no HTTP status code: 0. */
export function refusedByClient(target: ObjectAddress, message: string): JudgedAnswer {
  return { target: addressText(target), code: 0, refused: true, value: { message } };
}

/** What kubectl leaves as it is, because there is nothing to change. */
export function unchangedAnswer(target: ObjectAddress, read: Answer, message: string): JudgedAnswer {
  return {
    target: addressText(target),
    code: read.code,
    refused: false,
    value: { code: read.code, warnings: read.warnings, message, object: read.body as Json },
  };
}

function judge(target: ObjectAddress | undefined, answer: Answer, accepted: () => Json): JudgedAnswer {
  const refused = answer.code >= 400;
  return {
    ...(target === undefined ? {} : { target: addressText(target) }),
    code: answer.code,
    refused,
    value: refused ? refusalOf(answer) : accepted(),
  };
}

function refusalOf({ code, body }: Answer): JsonObject {
  if (!isStatus(body)) return { code };
  const { reason, message, details } = body;
  return {
    code,
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
    causes: (details?.causes ?? []) as unknown as Json,
    details: (details ?? {}) as Json,
  };
}
