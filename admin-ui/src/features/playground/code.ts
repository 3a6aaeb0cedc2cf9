import type { ChatBody } from './stream';

/** The same question as a program asks it. The key is a variable of the environment, never a value. */
export function snippetsOf(body: ChatBody, origin = location.origin) {
  const url = `${origin}/v1/chat/completions`;
  return [
    { id: 'curl', text: 'curl', code: curl(body, url) },
    { id: 'python', text: 'Python', code: python(body, `${origin}/v1`) },
    { id: 'node', text: 'Node', code: node(body, `${origin}/v1`) },
    { id: 'java', text: 'Java', code: java(body, url) },
  ] as const;
}

function json(body: ChatBody): string {
  return JSON.stringify({ ...body, stream: true }, null, 2);
}

function curl(body: ChatBody, url: string): string {
  return [
    `curl -N ${url} \\`,
    '  -H "Authorization: Bearer $GATEHOUSE_KEY" \\',
    '  -H "Content-Type: application/json" \\',
    `  -d '${json(body).replaceAll("'", "'\\''")}'`,
  ].join('\n');
}

/** Texts of JSON are texts of Python too. */
function python(body: ChatBody, base: string): string {
  const named = Object.entries(body).map(([name, value]) => `    ${name}=${JSON.stringify(value)},`);
  return [
    '# pip install openai',
    'import os',
    'from openai import OpenAI',
    '',
    `client = OpenAI(base_url=${JSON.stringify(base)}, api_key=os.environ["GATEHOUSE_KEY"])`,
    'stream = client.chat.completions.create(',
    ...named,
    '    stream=True,',
    ')',
    'for chunk in stream:',
    '    if chunk.choices:',
    '        print(chunk.choices[0].delta.content or "", end="", flush=True)',
  ].join('\n');
}

function node(body: ChatBody, base: string): string {
  return [
    '// npm install openai',
    "import OpenAI from 'openai';",
    '',
    `const client = new OpenAI({ baseURL: ${JSON.stringify(base)}, apiKey: process.env.GATEHOUSE_KEY });`,
    `const stream = await client.chat.completions.create(${json(body)});`,
    'for await (const chunk of stream) {',
    "  process.stdout.write(chunk.choices[0]?.delta?.content ?? '');",
    '}',
  ].join('\n');
}

function java(body: ChatBody, url: string): string {
  const text = json(body).replaceAll('\\', '\\\\').replaceAll('"""', '\\"""');
  return [
    'import java.net.URI;',
    'import java.net.http.HttpClient;',
    'import java.net.http.HttpRequest;',
    'import java.net.http.HttpResponse;',
    '',
    'void main() throws Exception {',
    '    var body = """',
    ...text.split('\n').map((line) => `            ${line}`),
    '            """;',
    `    var request = HttpRequest.newBuilder(URI.create(${JSON.stringify(url)}))`,
    '            .header("Authorization", "Bearer " + System.getenv("GATEHOUSE_KEY"))',
    '            .header("Content-Type", "application/json")',
    '            .POST(HttpRequest.BodyPublishers.ofString(body))',
    '            .build();',
    '    try (var client = HttpClient.newHttpClient()) {',
    '        client.send(request, HttpResponse.BodyHandlers.ofLines()).body().forEach(IO::println);',
    '    }',
    '}',
  ].join('\n');
}
