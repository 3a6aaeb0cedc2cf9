// One scenario of the official Anthropic SDK against a gateway: node anthropic.mjs GATEWAY KEY SCENARIO ARGUMENT. Prints JSON.
import Anthropic from '@anthropic-ai/sdk';

const [baseURL, apiKey, scenario, argument] = process.argv.slice(2);
const client = new Anthropic({ baseURL, apiKey, authToken: null, maxRetries: 0 });
const bearer = new Anthropic({ baseURL, apiKey: null, authToken: apiKey, maxRetries: 0 });

// ARGUMENT is the body of a request.
const scenarios = {
  async stream(body) {
    const types = [];
    const stream = client.messages.stream(JSON.parse(body));
    for await (const event of stream) types.push(event.delta?.type ?? event.content_block?.type ?? event.type);
    return { types, message: await stream.finalMessage() };
  },

  async whole(body) {
    return client.messages.create(JSON.parse(body));
  },

  async bearer(body) {
    return bearer.messages.create(JSON.parse(body));
  },

  async count(body) {
    return client.messages.countTokens(JSON.parse(body));
  },

  async models() {
    const ids = [];
    for await (const model of client.models.list()) ids.push(model.id);
    return { ids, one: await client.models.retrieve(ids[0]) };
  },

  async failure(body) {
    try {
      const answer = await client.messages.create(JSON.parse(body));
      if (answer.controller) for await (const event of answer) void event;
      return { thrown: 'none' };
    } catch (error) {
      return {
        thrown: error.constructor.name, status: error.status ?? null, type: error.type ?? null,
        code: error.errorCode ?? null, requestId: error.requestID ?? null, message: error.message,
      };
    }
  },
};

console.log(JSON.stringify(await scenarios[scenario](argument)));
