// Which lines of a block are commands: those behind a prompt, and those that begin with kubectl. In a block of a shell's
// language also those that begin with a program that lessons use.

/** A line that is a command. */
export interface PromptedLine {
  /** Without the prompt. */
  readonly command: string;
  /** Whether it is typed into a container that a command before it went into. */
  readonly inside: boolean;
}

const programs =
  'apt|apt-get|awk|base64|bash|cat|cd|chmod|chown|cp|curl|dig|docker|echo|exit|export|exportfs|exportsfs|for|gcloud|git|grep|' +
  'helm|if|jq|kind|kubeadm|ls|make|minikube|mkdir|mount|mv|nano|nslookup|openssl|ping|rm|scp|sed|showmount|sleep|source|ssh|' +
  'sudo|systemctl|tee|touch|vi|vim|watch|wget|while|yum';
const known = new RegExp(`^(?:kubectl|${programs})(?:\\s|$)`);
const bareKubectl = /^\s*(?:sudo\s+)?(kubectl\s+[a-z-].*)$/;

const prompts: readonly RegExp[] = [
  // [root@master-1 yamlfiles]# kubectl get pods
  /^\s*\[[^\]\n]*@[^\]\n]*\]\s*[#$%]\s*(.*)$/,
  // user@host:~/lessons$ kubectl get pods
  /^\s*[\w.-]+@[\w.-]+(?::[^\s$#%]*)?\s?[#$%]\s+(.*)$/,
  // PS C:\lessons> kubectl get pods
  /^\s*PS\s[^>\n]*>\s*(.*)$/,
  /^\s*[$%❯➜]\s+(.*)$/u,
];
const rootPrompt = /^\s*#\s*(.*)$/;
const containerPrompt = /^\s*(?:root@[\w-]+:)?\/[\w/.-]*\s?[#$]\s+(.*)$/;

/** Reads a line as a command; undefined when it is none. `shell`: the block's language is a shell's. */
export function readPrompt(line: string, { shell }: { readonly shell: boolean }): PromptedLine | undefined {
  const inside = containerPrompt.exec(line)?.[1];
  if (inside !== undefined) return { command: inside, inside: true };
  for (const prompt of prompts) {
    const command = prompt.exec(line)?.[1];
    if (command !== undefined) return { command, inside: false };
  }
  const rooted = rootPrompt.exec(line)?.[1];
  if (rooted !== undefined) return known.test(rooted) ? { command: rooted, inside: false } : undefined;
  const bare = bareKubectl.exec(line)?.[1];
  if (bare !== undefined) return { command: bare, inside: false };
  return shell && known.test(line.trimStart()) ? { command: line.trim(), inside: false } : undefined;
}

/** Whether a line is a comment, which ends what a command printed: `# 查看`. */
export function isComment(line: string): boolean {
  return /^\s*(?:#|\/\/)/.test(line);
}
