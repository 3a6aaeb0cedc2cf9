// One scenario of the official SDK against a gateway: node sdk.mjs BASE_URL KEY SCENARIO ARGUMENT. Prints JSON.
import OpenAI from 'openai';

const [baseURL, apiKey, scenario, argument] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const chat = (content) => ({ model: 'tiny-moe', temperature: 0, messages: [{ role: 'user', content }] });

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
