package dev.gatehouse.worker.openai;

import java.util.Set;

/** Which wishes about the thinking are accepted. */
final class ThinkingRules {

    private static final Set<String> WITHOUT = Set.of("none", "minimal");
    private static final Set<String> WITH = Set.of("low", "medium", "high", "xhigh");

    private ThinkingRules() {}

    /** Whether the answer is to come without thinking; the template's own argument is stronger than the effort. */
    static boolean unthinking(Member root) throws ApiException {
        Member effort = root.at("reasoning_effort");
        boolean none = false;
        if (!effort.absent()) {
            none = WITHOUT.contains(effort.string());
            if (!none && !WITH.contains(effort.string())) {
                throw effort.wrong("invalid_value", "must be none, minimal, low, medium, high or xhigh");
            }
        }
        root.at("thinking_budget_tokens").integer(0, Integer.MAX_VALUE);
        Member template = root.at("chat_template_kwargs").at("enable_thinking");
        return template.absent() ? none : !template.bool(true);
    }
}
