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

/** A first call in the languages that people use, with the key in an environment's variable. */
export function firstCall(model: string, origin = location.origin): readonly [Snippet, ...Snippet[]] {
  return [
    { id: 'curl', text: 'curl', code: curlChat('$GATEHOUSE_KEY', model, origin) },
    { id: 'python', text: 'Python', code: python(model, origin) },
    { id: 'java', text: 'Java', code: java(model, origin) },
    { id: 'node', text: 'Node', code: node(model, origin) },
  ];
}

interface Snippet {
  id: string;
  text: string;
  code: string;
}

function python(model: string, origin: string): string {
  return `# pip install openai
import os
from openai import OpenAI

client = OpenAI(base_url="${origin}/v1", api_key=os.environ["GATEHOUSE_KEY"])
answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.choices[0].message.content)`;
}

function java(model: string, origin: string): string {
  return `// com.openai:openai-java
OpenAIClient client = OpenAIOkHttpClient.builder()
    .baseUrl("${origin}/v1")
    .apiKey(System.getenv("GATEHOUSE_KEY"))
    .build();
ChatCompletionCreateParams question = ChatCompletionCreateParams.builder()
    .model("${model}")
    .addUserMessage("Hello")
    .build();
ChatCompletion answer = client.chat().completions().create(question);
System.out.println(answer.choices().get(0).message().content().orElse(""));`;
}

function node(model: string, origin: string): string {
  return `// npm install openai
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: '${origin}/v1', apiKey: process.env.GATEHOUSE_KEY });
const answer = await client.chat.completions.create({
  model: '${model}',
  messages: [{ role: 'user', content: 'Hello' }],
});
console.log(answer.choices[0].message.content);`;
}
