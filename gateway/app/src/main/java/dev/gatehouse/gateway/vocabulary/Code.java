package dev.gatehouse.gateway.vocabulary;

/** Every way in which a request can go wrong, each with one stable code and the party whose turn it is to act. */
public enum Code {
    KEY_MISSING(Kind.CALLER, "missing_api_key"),
    KEY_INVALID(Kind.CALLER, "invalid_api_key"),
    KEY_REVOKED(Kind.CALLER, "revoked_api_key"),
    KEY_EXPIRED(Kind.CALLER, "expired_api_key"),
    MODEL_NOT_PERMITTED(Kind.CALLER, "model_not_permitted"),
    ENDPOINT_NOT_PERMITTED(Kind.CALLER, "endpoint_not_permitted"),
    ADDRESS_NOT_PERMITTED(Kind.CALLER, "address_not_permitted"),
    NOT_SIGNED_IN(Kind.CALLER, "not_signed_in"),
    NOT_PERMITTED(Kind.CALLER, "not_permitted"),
    INVALID_JSON(Kind.CALLER, "invalid_json"),
    INVALID_TYPE(Kind.CALLER, "invalid_type"),
    INVALID_VALUE(Kind.CALLER, "invalid_value"),
    MISSING_PARAMETER(Kind.CALLER, "missing_required_parameter"),
    UNSUPPORTED(Kind.CALLER, "unsupported_value"),
    CONTEXT_LENGTH(Kind.CALLER, "context_length_exceeded"),
    UPSTREAM_REFUSED(Kind.CALLER, "invalid_request"),
    BODY_TOO_LARGE(Kind.CALLER, "request_too_large"),
    BODY_TOO_SLOW(Kind.CALLER, "request_timeout"),
    MODEL_NOT_FOUND(Kind.CALLER, "model_not_found"),
    PATH_NOT_FOUND(Kind.CALLER, "path_not_found"),
    METHOD_NOT_ALLOWED(Kind.CALLER, "method_not_allowed"),
    RATE_LIMITED(Kind.LIMIT, "rate_limit_exceeded"),
    BUDGET_EXCEEDED(Kind.LIMIT, "budget_exceeded"),
    TOO_MANY_SIGN_INS(Kind.LIMIT, "too_many_sign_ins"),
    CONTENT_POLICY(Kind.POLICY, "content_policy"),
    NO_NODE(Kind.UPSTREAM, "no_healthy_node"),
    NODE_BUSY(Kind.UPSTREAM, "node_busy"),
    UPSTREAM_LOST(Kind.UPSTREAM, "upstream_lost"),
    UPSTREAM_FAILED(Kind.UPSTREAM, "upstream_failed"),
    DEADLINE(Kind.UPSTREAM, "deadline_exceeded"),
    AUDIT_UNAVAILABLE(Kind.OURS, "audit_unavailable"),
    DATABASE_UNAVAILABLE(Kind.OURS, "database_unavailable"),
    OVERLOADED(Kind.OURS, "overloaded"),
    SHUTTING_DOWN(Kind.OURS, "shutting_down"),
    INTERNAL(Kind.OURS, "internal_error");

    private final Kind kind;
    private final String wire;

    /** Whose turn it is. */
    public enum Kind {
        CALLER,
        LIMIT,
        POLICY,
        UPSTREAM,
        OURS
    }

    Code(Kind kind, String wire) {
        this.kind = kind;
        this.wire = wire;
    }

    public Kind kind() {
        return kind;
    }

    /** The code as clients and audit rows show it. */
    public String wire() {
        return wire;
    }
}
