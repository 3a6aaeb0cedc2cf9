package dev.gatehouse.worker.openai;

/** Members of OpenAI's that would change the answer and that no engine here can honour: silence would be a lie. */
final class Unsupported {

    private Unsupported() {}

    static void check(Member root) throws ApiException {
        refuse(root.at("functions"), "is not supported. Use tools");
        refuse(root.at("function_call"), "is not supported. Use tool_choice");
        refuse(root.at("web_search_options"), "is not supported: this model does not search. Remove it");
        refuse(root.at("audio"), "is not supported: this model writes text only. Remove it");
        Member modalities = root.at("modalities");
        if (!modalities.absent()) {
            for (Member modality : modalities.elements()) {
                if (!modality.string().equals("text")) {
                    throw modality.wrong("unsupported_value", "must be text: this model writes text only");
                }
            }
        }
    }

    private static void refuse(Member member, String why) throws ApiException {
        if (!member.absent()) {
            throw member.wrong("unsupported_value", why);
        }
    }
}
