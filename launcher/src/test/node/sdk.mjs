// One scenario of the official SDK against a gateway: node sdk.mjs BASE_URL KEY SCENARIO ARGUMENT. Prints JSON.
import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';

const [baseURL, apiKey, scenario, argument] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const chat = (content) => ({ model: 'tiny-moe', temperature: 0, messages: [{ role: 'user', content }] });
const drawn = (model) => ({
  model, seed: 11, reasoning_effort: 'none', max_completion_tokens: 1500, messages: [{ role: 'user', content: 'Weather?' }],
});

const scenarios = {
  async stream(question) {
    const said = { content: '', reasoning: '', usage: null };
    const stream = await client.chat.completions.create({
      ...chat(question), stream: true, stream_options: { include_usage: true },
    });
    for await (const chunk of stream) {
      said.content += chunk.choices[0]?.delta.content ?? '';
      said.reasoning += chunk.choices[0]?.delta.reasoning_content ?? '';
      said.usage = chunk.usage ?? said.usage;
    }
    return said;
  },

  async whole(question) {
    return client.chat.completions.create(chat(question));
  },

  async models() {
    const ids = [];
    for await (const model of client.models.list()) ids.push(model.id);
    const one = await client.models.retrieve(ids[0]);
    return { ids, one: one.id };
  },

  // ARGUMENT is the model.
  async choices(model) {
    const asked = { ...drawn(model), n: 3, max_completion_tokens: 40 };
    const whole = await client.chat.completions.create(asked);
    const streamed = await client.chat.completions.stream(asked).finalChatCompletion();
    const said = (answer) => answer.choices.map((choice) => [choice.index, choice.finish_reason, choice.message.content]);
    return { whole: said(whole), streamed: said(streamed) };
  },

  async document(model) {
    const forecast = z.object({ days: z.int(), unit: z.enum(['celsius', 'fahrenheit']), note: z.nullable(z.boolean()) });
    const answer = await client.chat.completions.parse({ ...drawn(model), response_format: zodResponseFormat(forecast, 'forecast') });
    return answer.choices[0].message.parsed;
  },

  async tools(model) {
    const parameters = {
      type: 'object', additionalProperties: false, required: ['unit'],
      properties: { unit: { type: 'string', enum: ['celsius', 'fahrenheit'] } },
    };
    const asked = { ...drawn(model), tools: [{ type: 'function', function: { name: 'get_weather', strict: true, parameters } }] };
    const stream = client.chat.completions.stream({ ...asked, tool_choice: 'required' });
    let deltas = 0;
    stream.on('chunk', (chunk) => { deltas += chunk.choices[0]?.delta.tool_calls?.length ?? 0; });
    const { message, finish_reason: finish } = (await stream.finalChatCompletion()).choices[0];
    const results = message.tool_calls.map((call) => ({ role: 'tool', tool_call_id: call.id, content: 'sun' }));
    const after = await client.chat.completions.create({
      ...asked, tool_choice: 'none', messages: [...asked.messages, message, ...results],
    });
    const calls = message.tool_calls.map((call) => ({ name: call.function.name, arguments: JSON.parse(call.function.arguments) }));
    return { finish, deltas, calls, after: after.choices[0].finish_reason };
  },

  // ARGUMENT is the body of a request that is to fail.
  async failure(body) {
    try {
      const answer = await client.chat.completions.create(JSON.parse(body));
      if (answer.controller) for await (const chunk of answer) void chunk;
      return { type: 'none' };
    } catch (error) {
      return {
        type: error.constructor.name, status: error.status ?? null, code: error.code ?? null,
        param: error.param ?? null, requestId: error.requestID ?? null, message: error.message,
      };
    }
  },
};

console.log(JSON.stringify(await scenarios[scenario](argument)));
