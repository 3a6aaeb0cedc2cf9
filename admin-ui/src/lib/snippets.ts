/** Commands to copy. Secrets are never in them: a shell's variable stands for the key. */

/** A chat completion, as curl asks for it. */
export function curlChat(key: string, model = 'tiny-moe', origin = location.origin): string {
  return [
    `curl ${origin}/v1/chat/completions \\`,
    `  -H "Authorization: Bearer ${key}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{"model": "${model}", "messages": [{"role": "user", "content": "Hello"}]}'`,
  ].join('\n');
}

/** A read of the administration, as curl asks for it. */
export function curlAdmin(
  path: string,
  query: Record<string, string | number | undefined>,
  origin = location.origin,
): string {
  const text = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  ).toString();
  return `curl -u "$GATEHOUSE_ADMIN_USER" '${origin}${path}${text === '' ? '' : `?${text}`}'`;
}
