// `nslookup`: asks the cluster's name server, as the pod would (DNS-16).

import { dnsServerAddress as server } from '../../../network/dns-service.ts';
import type { ShellCommand } from './command.ts';

/** `nslookup [-type=A|AAAA|SRV] NAME`, in busybox's words. */
export const nslookup: ShellCommand = ({ shell: { world }, args, streams }) => {
  const type = /^-(?:type|query|q)=(A|AAAA|SRV)$/i.exec(args[0] ?? '')?.[1]?.toUpperCase() ?? 'A';
  const name = args.find((arg) => !arg.startsWith('-')) ?? '';
  const { code, records } = world.resolve(name, type as 'A' | 'AAAA' | 'SRV');
  streams.out(`Server:\t\t${server}\nAddress:\t${server}:53\n\n`);
  if (code === 'NXDOMAIN') {
    streams.out(`** server can't find ${name}: NXDOMAIN\n\n`);
    return 1;
  }
  for (const record of records) {
    streams.out(type === 'SRV' ? `${name}\tservice = ${record}\n` : `Name:\t${name}\nAddress: ${record}\n`);
  }
  streams.out('\n');
  return 0;
};
