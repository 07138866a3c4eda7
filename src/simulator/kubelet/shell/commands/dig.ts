// `dig`: asks the cluster's name server, as the pod would (DNS-16), in BIND's words.

import { complain } from './command.ts';
import type { ShellCommand } from './command.ts';

const types = ['A', 'AAAA', 'SRV'] as const;

/** `dig [+OPTION…] NAME [A|AAAA|SRV]`; `+short` prints the records alone, everything else the header and the answer. */
export const dig: ShellCommand = (call) => {
  const { shell, args, streams } = call;
  const [name, wanted = 'A'] = args.filter((arg) => !arg.startsWith('+') && !arg.startsWith('-'));
  const type = types.find((each) => each === wanted.toUpperCase());
  if (name === undefined) return complain(call, 'a name is wanted');
  if (type === undefined) return complain(call, `records of type ${wanted} are not kept`);
  // Without +search a name is taken as it stands.
  const asked = args.includes('+search') || name.endsWith('.') ? name : `${name}.`;
  const { code, records } = shell.world.resolve(asked, type);
  const written = type === 'SRV' ? records.map((record) => `${record}.`) : records;
  if (args.includes('+short')) {
    for (const record of written) streams.out(`${record}\n`);
    return 0;
  }
  const counts = `QUERY: 1, ANSWER: ${records.length}, AUTHORITY: 0, ADDITIONAL: 1`;
  streams.out(
    `;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${code}, id: 1\n;; flags: qr aa rd; ${counts}\n\n`,
  );
  if (written.length > 0) streams.out(';; ANSWER SECTION:\n');
  for (const record of written) streams.out(`${name.replace(/\.$/, '')}.\t30\tIN\t${type}\t${record}\n`);
  return 0;
};
